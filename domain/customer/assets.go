package customer

import (
	"cmp"

	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
)

// An asset is a piece of equipment at the customer: installed once, used, worn, found defective, broken down,
// and retired at last. Its maintenance is a noun of its own (maintenance.go). What is reported of an asset has
// an id of its own, so that it can be reported again without being counted twice.

// InstallAsset asks to remember that equipment stands at the customer.
type InstallAsset struct {
	AssetID     uuid.UUID  `json:"asset_id"`
	Model       string     `json:"model"`
	Serial      string     `json:"serial,omitempty"`
	InstalledOn domain.Day `json:"installed_on"`
}

func (InstallAsset) Needs() Needs { return Needs{} }

// Decide accepts each AssetID once. Equipment may have stood there long before we heard of it.
func (c InstallAsset) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case c.AssetID == uuid.Nil:
		return nil, ErrAssetID
	case c.Model == "":
		return nil, ErrModel
	case c.InstalledOn > g.On || c.InstalledOn < firstInstalled:
		return nil, ErrInstalledOn
	}
	if err := cmp.Or(checkText(c.Model, 200, "model"), checkText(c.Serial, 200, "serial")); err != nil {
		return nil, err
	}
	e := AssetInstalled{AssetID: c.AssetID, Model: c.Model, Serial: c.Serial, InstalledOn: c.InstalledOn}
	if known, ok := s.assets.known[c.AssetID]; ok {
		if known.digest == e.digest() {
			return nil, nil
		}
		return nil, ErrAssetOtherwise
	}
	return []Event{e}, nil
}

// AssetInstalled is the fact that equipment stands at the customer.
type AssetInstalled struct {
	AssetID     uuid.UUID  `json:"asset_id"`
	Model       string     `json:"model"`
	Serial      string     `json:"serial,omitempty" personal:"true"` // as the maker numbers it
	InstalledOn domain.Day `json:"installed_on"`                     // its age counts from this day
}

func (AssetInstalled) EventType() string { return "customer.asset_installed.v1" }

func (e AssetInstalled) Evolve(s *State, _ domain.Metadata) {
	remember(&s.assets.known, e.AssetID, &assetState{digest: e.digest(), installedOn: e.InstalledOn})
}

// Summary implements Told.
func (e AssetInstalled) Summary() string {
	return "equipment was installed on " + e.InstalledOn.String()
}

func (e AssetInstalled) digest() domain.Digest {
	return domain.NewDigest().Text(e.Model).Text(e.Serial).Int(int64(e.InstalledOn))
}

// ReportUsage asks to remember what the meter of an asset shows.
type ReportUsage struct {
	ReadingID uuid.UUID       `json:"reading_id"`
	AssetID   uuid.UUID       `json:"asset_id"`
	Total     decimal.Decimal `json:"total"`
	Unit      string          `json:"unit"`
}

func (ReportUsage) Needs() Needs { return Needs{} }

// Decide refuses a meter that runs backwards or counts something else than before.
func (c ReportUsage) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case c.Unit == "":
		return nil, ErrUsageUnit
	case c.Total.IsNeg() || c.Total.Cmp(maxUsage) > 0:
		return nil, ErrUsageRange
	}
	if err := checkText(c.Unit, 50, "unit"); err != nil {
		return nil, err
	}
	e := UsageReported(c)
	if fresh, err := s.fresh(g, c.AssetID, c.ReadingID, "reading_id", e.digest()); !fresh {
		return nil, err
	}
	a := s.assets.known[c.AssetID]
	switch {
	case a.unit != "" && a.unit != c.Unit:
		return nil, ErrUsageUnit.Because("this asset's use is counted in %s", a.unit)
	case c.Total.Less(a.usage):
		return nil, ErrUsageBackwards.Because("the meter showed %s before", a.usage)
	}
	return []Event{e}, nil
}

// UsageReported is the fact that the meter of an asset showed so much.
type UsageReported struct {
	ReadingID uuid.UUID       `json:"reading_id"`
	AssetID   uuid.UUID       `json:"asset_id"`
	Total     decimal.Decimal `json:"total"` // since the meter began, in Unit
	Unit      string          `json:"unit"`  // such as hours, km or cycles
}

func (UsageReported) EventType() string { return "customer.usage_reported.v1" }

func (e UsageReported) Evolve(s *State, _ domain.Metadata) {
	remember(&s.assets.reports, e.ReadingID, e.digest())
	if a := s.assets.known[e.AssetID]; a != nil {
		a.usage, a.unit = e.Total, e.Unit
	}
}

// Summary implements Told.
func (e UsageReported) Summary() string { return "the use of an asset was reported" }

func (e UsageReported) digest() domain.Digest {
	return domain.NewDigest().Text("usage").ID(e.AssetID).Decimal(e.Total).Text(e.Unit)
}

// MeasureWear asks to remember how worn a component of an asset is.
type MeasureWear struct {
	MeasurementID uuid.UUID       `json:"measurement_id"`
	AssetID       uuid.UUID       `json:"asset_id"`
	Component     string          `json:"component"`
	Wear          decimal.Decimal `json:"wear"`
}

func (MeasureWear) Needs() Needs { return Needs{} }

func (c MeasureWear) Decide(s *State, g Given) ([]Event, error) {
	if c.Wear.IsNeg() || c.Wear.Cmp(decimal.One) > 0 {
		return nil, ErrWear
	}
	if err := checkComponent(c.Component); err != nil {
		return nil, err
	}
	e := WearMeasured(c)
	if fresh, err := s.fresh(g, c.AssetID, c.MeasurementID, "measurement_id", e.digest()); !fresh {
		return nil, err
	}
	return []Event{e}, nil
}

// WearMeasured is the fact that a component of an asset was so worn.
type WearMeasured struct {
	MeasurementID uuid.UUID       `json:"measurement_id"`
	AssetID       uuid.UUID       `json:"asset_id"`
	Component     string          `json:"component"`
	Wear          decimal.Decimal `json:"wear"` // from 0, as new, to 1, worn out
}

func (WearMeasured) EventType() string { return "customer.wear_measured.v1" }

func (e WearMeasured) Evolve(s *State, _ domain.Metadata) {
	remember(&s.assets.reports, e.MeasurementID, e.digest())
}

// Summary implements Told.
func (e WearMeasured) Summary() string {
	return "the wear of an asset was measured: " + e.Wear.String()
}

func (e WearMeasured) digest() domain.Digest {
	return domain.NewDigest().Text("wear").ID(e.AssetID).Text(e.Component).Decimal(e.Wear)
}

// ReportDefect asks to remember an error that an asset showed without breaking down.
type ReportDefect struct {
	DefectID  uuid.UUID `json:"defect_id"`
	AssetID   uuid.UUID `json:"asset_id"`
	Code      string    `json:"code"`
	Component string    `json:"component,omitempty"`
}

func (ReportDefect) Needs() Needs { return Needs{} }

func (c ReportDefect) Decide(s *State, g Given) ([]Event, error) {
	if c.Code == "" {
		return nil, ErrDefectCode
	}
	if err := cmp.Or(checkText(c.Code, 100, "code"), checkText(c.Component, 100, "component")); err != nil {
		return nil, err
	}
	e := DefectFound(c)
	if fresh, err := s.fresh(g, c.AssetID, c.DefectID, "defect_id", e.digest()); !fresh {
		return nil, err
	}
	return []Event{e}, nil
}

// DefectFound is the fact that an asset showed an error without breaking down.
type DefectFound struct {
	DefectID  uuid.UUID `json:"defect_id"`
	AssetID   uuid.UUID `json:"asset_id"`
	Code      string    `json:"code"`                // as the maker names the error
	Component string    `json:"component,omitempty"` // where that is known
}

func (DefectFound) EventType() string { return "customer.defect_found.v1" }

func (e DefectFound) Evolve(s *State, _ domain.Metadata) {
	remember(&s.assets.reports, e.DefectID, e.digest())
}

// Summary implements Told.
func (e DefectFound) Summary() string { return "an asset showed a defect" }

func (e DefectFound) digest() domain.Digest {
	return domain.NewDigest().Text("defect").ID(e.AssetID).Text(e.Code).Text(e.Component)
}

// ReportBreakdown asks to remember that a component of an asset failed.
type ReportBreakdown struct {
	BreakdownID uuid.UUID `json:"breakdown_id"`
	AssetID     uuid.UUID `json:"asset_id"`
	Component   string    `json:"component"`
}

func (ReportBreakdown) Needs() Needs { return Needs{} }

func (c ReportBreakdown) Decide(s *State, g Given) ([]Event, error) {
	if err := checkComponent(c.Component); err != nil {
		return nil, err
	}
	e := BreakdownReported(c)
	if fresh, err := s.fresh(g, c.AssetID, c.BreakdownID, "breakdown_id", e.digest()); !fresh {
		return nil, err
	}
	return []Event{e}, nil
}

// BreakdownReported is the fact that a component of an asset failed.
type BreakdownReported struct {
	BreakdownID uuid.UUID `json:"breakdown_id"`
	AssetID     uuid.UUID `json:"asset_id"`
	Component   string    `json:"component"`
}

func (BreakdownReported) EventType() string { return "customer.breakdown_reported.v1" }

func (e BreakdownReported) Evolve(s *State, _ domain.Metadata) {
	remember(&s.assets.reports, e.BreakdownID, e.digest())
	remember(&s.assets.breakdowns, e.BreakdownID, part{e.AssetID, e.Component})
}

// Summary implements Told.
func (e BreakdownReported) Summary() string { return "an asset broke down" }

func (e BreakdownReported) digest() domain.Digest {
	return domain.NewDigest().Text("breakdown").ID(e.AssetID).Text(e.Component)
}

// RetireAsset asks to remember that an asset serves the customer no more.
type RetireAsset struct {
	AssetID    uuid.UUID  `json:"asset_id"`
	Reason     string     `json:"reason,omitempty"`
	ReplacedBy *uuid.UUID `json:"replaced_by,omitempty"`
}

func (RetireAsset) Needs() Needs { return Needs{} }

// Decide cancels what maintenance the asset still had before it. An asset is retired once.
func (c RetireAsset) Decide(s *State, g Given) ([]Event, error) {
	if err := checkText(c.Reason, 1000, "reason"); err != nil {
		return nil, err
	}
	a := s.assets.known[c.AssetID]
	switch {
	case a == nil:
		return nil, ErrAssetUnknown
	case a.retired:
		return nil, nil
	}
	if c.ReplacedBy != nil && (*c.ReplacedBy == c.AssetID || s.assets.known[*c.ReplacedBy] == nil) {
		return nil, ErrReplacement
	}
	if g.Dated && g.On < a.installedOn {
		return nil, ErrBeforeBegan.Because("the asset was installed on %s", a.installedOn)
	}
	return append(s.assets.cancelled(c.AssetID), AssetRetired(c)), nil
}

// AssetRetired is the fact that an asset serves the customer no more.
type AssetRetired struct {
	AssetID    uuid.UUID  `json:"asset_id"`
	Reason     string     `json:"reason,omitempty" personal:"true"`
	ReplacedBy *uuid.UUID `json:"replaced_by,omitempty"` // the asset that took its place
}

func (AssetRetired) EventType() string { return "customer.asset_retired.v1" }

func (e AssetRetired) Evolve(s *State, _ domain.Metadata) {
	if a := s.assets.known[e.AssetID]; a != nil {
		a.retired = true
	}
}

// Summary implements Told.
func (e AssetRetired) Summary() string {
	if e.ReplacedBy != nil {
		return "an asset was replaced"
	}
	return "an asset was retired"
}

type assetsState struct {
	known      map[uuid.UUID]*assetState
	reports    map[uuid.UUID]domain.Digest // whatever was reported of any asset, by its own id
	breakdowns map[uuid.UUID]part
	plans      map[uuid.UUID]*maintenancePlan
	open       map[uuid.UUID]domain.Day // plans that wait for their day
}

type assetState struct {
	digest      domain.Digest
	installedOn domain.Day
	usage       decimal.Decimal
	unit        string // of usage; empty before the first reading
	retired     bool
}

// part is a component of an asset.
type part struct {
	asset     uuid.UUID
	component string
}

// fresh tells whether something new is reported of an asset that is in service. Where it is not, the error
// says why; none means that the same was reported before.
func (s *State) fresh(g Given, asset, report uuid.UUID, field string, d domain.Digest) (bool, error) {
	if report == uuid.Nil {
		return false, ErrReportID.At("%s", field)
	}
	if known, ok := s.assets.reports[report]; ok {
		if known == d {
			return false, nil
		}
		return false, ErrReportOtherwise.At("%s", field)
	}
	a := s.assets.known[asset]
	switch {
	case a == nil:
		return false, ErrAssetUnknown
	case a.retired:
		return false, ErrAssetRetired
	case g.Dated && g.On < a.installedOn:
		return false, ErrBeforeBegan.Because("the asset was installed on %s", a.installedOn)
	}
	return true, nil
}

func checkComponent(component string) error {
	if component == "" {
		return ErrComponent
	}
	return checkText(component, 100, "component")
}

// firstInstalled is 1900-01-01: no equipment in service is older.
const firstInstalled = domain.Day(-25567)

var maxUsage = decimal.MustParse("1000000000000")

var (
	ErrAssetID = &domain.Rejection{Kind: domain.Invalid, Code: "asset_id_missing", Field: "asset_id",
		Reason: "name the asset by a UUID"}
	ErrModel = &domain.Rejection{Kind: domain.Invalid, Code: "model_missing", Field: "model",
		Reason: "say what the asset is"}
	ErrInstalledOn = &domain.Rejection{Kind: domain.Invalid, Code: "installed_on_out_of_range", Field: "installed_on",
		Reason: "an asset was installed between 1900 and the day on which that is reported"}
	ErrAssetOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "asset_installed_otherwise",
		Field: "asset_id", Reason: "this asset was installed before, with other particulars"}
	ErrAssetUnknown = &domain.Rejection{Kind: domain.Unknown, Code: "asset_unknown", Field: "asset_id",
		Reason: "the customer has no such asset"}
	ErrAssetRetired = &domain.Rejection{Kind: domain.Refused, Code: "asset_retired", Field: "asset_id",
		Reason: "this asset was retired"}
	ErrReplacement = &domain.Rejection{Kind: domain.Refused, Code: "replacement_unknown", Field: "replaced_by",
		Reason: "what takes the asset's place is another asset of the customer"}
	ErrReportID = &domain.Rejection{Kind: domain.Invalid, Code: "report_id_missing",
		Reason: "name what is reported by a UUID"}
	ErrReportOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "report_made_otherwise",
		Reason: "something else was reported of an asset under this id"}
	ErrUsageUnit = &domain.Rejection{Kind: domain.Invalid, Code: "usage_unit_differs", Field: "unit",
		Reason: "say in what the use is counted, such as hours"}
	ErrUsageRange = &domain.Rejection{Kind: domain.Invalid, Code: "usage_out_of_range", Field: "total",
		Reason: "a meter shows between 0 and 1,000,000,000,000"}
	ErrUsageBackwards = &domain.Rejection{Kind: domain.Refused, Code: "usage_backwards", Field: "total",
		Reason: "a meter does not run backwards"}
	ErrWear = &domain.Rejection{Kind: domain.Invalid, Code: "wear_out_of_range", Field: "wear",
		Reason: "wear is between 0, as new, and 1, worn out"}
	ErrComponent = &domain.Rejection{Kind: domain.Invalid, Code: "component_missing", Field: "component",
		Reason: "name the component"}
	ErrDefectCode = &domain.Rejection{Kind: domain.Invalid, Code: "defect_code_missing", Field: "code",
		Reason: "name the error"}
)
