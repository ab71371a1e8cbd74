package judgement

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/rules"
)

// Segment is a version of a segment's definition.
type Segment struct {
	Version int64
	Rule    *rules.Rule
}

// Nobody is the rule of a retired segment.
var Nobody = func() *rules.Rule {
	r, err := rules.Compile("false")
	if err != nil {
		panic(err)
	}
	return r
}()

// Stay is a membership of a segment.
type Stay struct {
	From    domain.Day `json:"from"`
	Version int64      `json:"version"`
}

// belong finds whether the customer belongs to a segment.
func (j *judging) belong(name string, s *Segment) error {
	_, was := j.In[name]
	if err := j.settle(name, s); err != nil {
		return err
	}
	if _, is := j.In[name]; is != was {
		j.journal.Crossed(name, s, is)
	}
	return nil
}

// settle makes the customer's stay in a segment what the rule says. Another version of the rule is another stay.
func (j *judging) settle(name string, s *Segment) error {
	belongs := s.Rule.Holds(j.customer, j.date)
	in, member := j.In[name]
	if member && (!belongs || in.Version != s.Version) {
		j.Leave(name, j.journal)
		member = false
	}
	if !belongs {
		return nil
	}
	if out, left := j.Out[name]; left && out.Version == s.Version && !member {
		// They left earlier this very day: they never did.
		j.journal.Remained(name, out)
		delete(j.Out, name)
		j.In = with(j.In, name, out)
		return nil
	}
	if member && in.From < j.On {
		return nil
	}
	stay := Stay{From: j.On, Version: s.Version}
	j.In = with(j.In, name, stay)
	return j.journal.Entered(name, stay, s.Rule.Evidence(j.customer, j.date))
}

// Leave ends a membership; one that began this very day never was.
func (s *Standing) Leave(segment string, journal Journal) {
	in := s.In[segment]
	delete(s.In, segment)
	if in.From == s.On {
		journal.StayTakenBack(segment, in)
		return
	}
	journal.Left(segment, in, s.On)
	s.Out = with(s.Out, segment, in)
}

func with(m map[string]Stay, name string, s Stay) map[string]Stay {
	if m == nil {
		m = map[string]Stay{}
	}
	m[name] = s
	return m
}
