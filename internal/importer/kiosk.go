package importer

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/questionnaire"
	"github.com/rapport-crm/rapport/internal/client"
)

// The kiosk study asked the same people what they expect of a kiosk and what they perceive (SERVQUAL), and how
// they feel about features that it might have (Kano). Its files give no dates, so the answers are taken as given
// when they are first imported. Whoever left a pair out answered nothing that the scores could use, and is
// skipped.

const (
	kioskSystem   = "servqual-kiosk"
	kioskItems    = 24
	kioskFeatures = 29
)

// readServqual reads servqual_pairs.csv: a line for each respondent, e01, p01, e02, … from 1 to 7.
func readServqual(ctx context.Context, s *story) error {
	s.system = kioskSystem
	asked := questionnaire.Publish{ID: "kiosk-servqual", Template: questionnaire.Template{
		Kind: questionnaire.SERVQUAL, Title: "Service quality of a kiosk"}}
	columns := []string{"respondent_id"}
	for n := 1; n <= kioskItems; n++ {
		asked.Items = append(asked.Items, questionnaire.Item{Item: strconv.Itoa(n), Min: 1, Max: 7})
		columns = append(columns, fmt.Sprintf("e%02d", n), fmt.Sprintf("p%02d", n))
	}
	at := s.Now()
	s.undated = true
	s.publish(at, asked)
	surveys := 0
	err := s.sheet(ctx, "servqual_pairs.csv", columns, func(l line) error {
		answers := make([]questionnaire.Answer, 0, 2*kioskItems)
		for n := 1; n <= kioskItems; n++ {
			for _, half := range []struct{ prefix, aspect string }{{"e", "expectation"}, {"p", "perception"}} {
				column := fmt.Sprintf("%s%02d", half.prefix, n)
				if l.field(column) == "" {
					return l.passed("survey_incomplete")
				}
				value, err := l.whole(column)
				if err != nil {
					return err
				}
				answers = append(answers, questionnaire.Answer{Item: strconv.Itoa(n), Aspect: half.aspect, Value: int(value)})
			}
		}
		surveys++
		s.answer(at, l.place, asked.ID, l.text("respondent_id"), answers)
		return nil
	})
	s.hold("surveys", surveys)
	return err
}

// kanoScale is how the file writes the answers from 1 to 5.
var kanoScale = map[string]int{"like": 1, "must_be": 2, "neutral": 3, "live_with": 4, "dislike": 5}

// readKano reads kano_pairs.csv: a line for each respondent and feature, those of a respondent together.
func readKano(ctx context.Context, s *story) error {
	s.system = kioskSystem
	asked := questionnaire.Publish{ID: "kiosk-kano", Template: questionnaire.Template{
		Kind: questionnaire.Kano, Title: "Features of a kiosk"}}
	for n := 1; n <= kioskFeatures; n++ {
		asked.Items = append(asked.Items, questionnaire.Item{Item: strconv.Itoa(n), Min: 1, Max: 5})
	}
	at := s.Now()
	s.undated = true
	s.publish(at, asked)
	type sheet struct {
		place
		respondent string
		answers    []questionnaire.Answer
	}
	var sheets []sheet
	columns := []string{"respondent_id", "feature", "functional", "dysfunctional"}
	err := s.sheet(ctx, "kano_pairs.csv", columns, func(l line) error {
		if last := len(sheets) - 1; last < 0 || sheets[last].respondent != l.field("respondent_id") {
			sheets = append(sheets, sheet{place: l.place, respondent: l.text("respondent_id")})
		}
		feature := l.text("feature")
		for _, aspect := range columns[2:] {
			text := l.field(aspect)
			value, ok := kanoScale[text]
			switch {
			case text == "":
				return l.passed("pair_incomplete")
			case !ok:
				return l.fault("answer_malformed", text)
			}
			last := &sheets[len(sheets)-1]
			last.answers = append(last.answers, questionnaire.Answer{Item: feature, Aspect: aspect, Value: value})
		}
		return nil
	})
	surveys := 0
	for _, x := range sheets {
		if len(x.answers) == 2*kioskFeatures {
			surveys++
			s.answer(at, x.place, asked.ID, x.respondent, x.answers)
		}
	}
	s.hold("surveys", surveys)
	return err
}

// publish tells that a questionnaire is there to be asked, before anybody answers it.
func (s *story) publish(at time.Time, q questionnaire.Publish) {
	s.tell(fact{at: at, place: place{q.ID, 1}, command: func(how client.Circumstances) client.Line {
		return client.Command("publish_questionnaire", uuid.Nil, q, how)
	}})
}

// answer tells what a respondent answered to the first version of a questionnaire, once.
func (s *story) answer(at time.Time, from place, asked, respondent string, answers []questionnaire.Answer) {
	p := s.party(respondent)
	c := customer.AnswerSurvey{SurveyID: s.id("survey", asked+"\x00"+respondent), Questionnaire: asked, Version: 1,
		Answers: answers}
	s.tell(fact{at: at, place: from, party: p, command: func(how client.Circumstances) client.Line {
		return client.Command("answer_survey", p.id, c, how)
	}})
}
