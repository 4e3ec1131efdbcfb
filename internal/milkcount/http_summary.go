package milkcount

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/api"
)

// SummaryRowBody is one milk in a summary.
type SummaryRowBody struct {
	MilkType      string `json:"milk_type" example:"Whole"`
	Category      string `json:"category" enum:"dairy,non_dairy"`
	FOH           int    `json:"foh" example:"5"`
	BOH           int    `json:"boh" example:"8"`
	Delivered     int    `json:"delivered" example:"4"`
	OnOrder       int    `json:"on_order" example:"1"`
	Total         int    `json:"total" example:"17" doc:"foh + boh + delivered"`
	Par           int    `json:"par" example:"19" doc:"At the time of completion; today's before."`
	Order         int    `json:"order" example:"1" doc:"par - total - on_order, at least 0"`
	UsedOvernight int    `json:"used_overnight" example:"0" doc:"What left the back fridges between night and morning."`
}

// TotalsBody are the sums of a summary.
type TotalsBody struct {
	FOH       int `json:"total_foh" example:"5"`
	BOH       int `json:"total_boh" example:"8"`
	Delivered int `json:"total_delivered" example:"4"`
	OnOrder   int `json:"total_on_order" example:"1"`
	Inventory int `json:"total_inventory" example:"17"`
	Order     int `json:"total_order" example:"1"`
}

// SummaryBody is what there is and what to order.
type SummaryBody struct {
	Session SessionBody      `json:"session"`
	Summary []SummaryRowBody `json:"summary"`
	Totals  TotalsBody       `json:"totals"`
}

type summaryInput struct {
	SessionPath
	Accept string `header:"Accept" hidden:"true"`
}

// summaryAnswer has a SummaryBody, or the bytes of a CSV file.
type summaryAnswer struct {
	ContentType string `header:"Content-Type" hidden:"true"`
	Disposition string `header:"Content-Disposition" hidden:"true"`
	Body        any
}

func (h handlers) summary(ctx context.Context, in *summaryInput) (*summaryAnswer, error) {
	session, entries, err := h.service.Session(ctx, actor.From(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	rows, totals := Summarize(entries)
	if api.WantsCSV(in.Accept) {
		return &summaryAnswer{
			ContentType: "text/csv; charset=utf-8",
			Disposition: fmt.Sprintf(`attachment; filename="milk-count-%s.csv"`, session.Date),
			Body:        toCSV(rows, totals),
		}, nil
	}
	body := SummaryBody{
		Session: toSessionBody(session), Summary: make([]SummaryRowBody, len(rows)), Totals: TotalsBody(totals),
	}
	for i, row := range rows {
		body.Summary[i] = SummaryRowBody(row)
	}
	return &summaryAnswer{ContentType: "application/json", Body: body}, nil
}

// byteOrderMark tells spreadsheets that the file is UTF-8.
const byteOrderMark = "\uFEFF"

func toCSV(rows []Row, totals Totals) []byte {
	var file bytes.Buffer
	file.WriteString(byteOrderMark)
	w := csv.NewWriter(&file)
	w.UseCRLF = true
	write := func(texts []string, numbers ...int) {
		for i := range texts {
			texts[i] = harmlessCell(texts[i])
		}
		for _, n := range numbers {
			texts = append(texts, strconv.Itoa(n))
		}
		_ = w.Write(texts) // a buffer takes everything
	}
	write([]string{
		"milk_type", "category", "foh", "boh", "delivered", "on_order", "total", "par", "order", "used_overnight",
	})
	for _, r := range rows {
		write([]string{r.MilkType, r.Category},
			r.FOH, r.BOH, r.Delivered, r.OnOrder, r.Total, r.Par, r.Order, r.UsedOvernight)
	}
	par, overnight := 0, 0
	for _, r := range rows {
		par += r.Par
		overnight += r.UsedOvernight
	}
	write([]string{"Total", ""},
		totals.FOH, totals.BOH, totals.Delivered, totals.OnOrder, totals.Inventory, par, totals.Order, overnight)
	w.Flush()
	return file.Bytes()
}

// harmlessCell keeps a spreadsheet from taking a name for a formula.
func harmlessCell(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r\n", rune(text[0])) {
		return "'" + text
	}
	return text
}
