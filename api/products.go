package api

import (
	"context"
	"net/http"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/product"
	"github.com/rapport-crm/rapport/projections"
)

const productPath = "/v1/products/{sku}"

var listProduct = declare(products, ofProduct(declaration[product.List]{
	Name: "list_product", Method: http.MethodPut, Path: productPath,
	Summary: "List a product",
	Description: "Puts a product up for sale as it is described, or describes it anew, with its price from now on. The same " +
		"description again changes nothing.",
	Fields: map[string]string{
		"sku":       "Names the good or service, as the lines of purchases do",
		"name":      "What it is called",
		"category":  "What it belongs to",
		"currency":  "ISO 4217 code of price and cost",
		"price":     "Per unit, before discounts",
		"unit_cost": "Cost of goods per unit",
	},
	Example: `{"name":"White hanging heart","category":"decoration","currency":"EUR","price":"2.55","unit_cost":"1.10"}`,
}, func(c *product.List) *string { return &c.SKU }))

var changePrice = declare(products, ofProduct(declaration[product.ChangePrice]{
	Name: "change_price", Method: http.MethodPost, Path: productPath + "/prices",
	Summary:     "Change the price of a product",
	Description: "From the command's occurred_at on.",
	Fields: map[string]string{
		"sku":       "The product",
		"price":     "Per unit, in the product's currency",
		"unit_cost": "Cost of goods per unit; as before, unless it is said",
	},
	Example: `{"price":"2.75","unit_cost":"1.15"}`,
}, func(c *product.ChangePrice) *string { return &c.SKU }))

var delistProduct = declare(products, ofProduct(declaration[product.Delist]{
	Name: "delist_product", Method: http.MethodDelete, Path: productPath,
	Summary:     "Delist a product",
	Description: "It is not for sale any more. Its prices stay known, and it can be listed again.",
	Fields:      map[string]string{"sku": "The product"},
	Example:     `{}`,
	Bodiless:    true,
}, func(c *product.Delist) *string { return &c.SKU }))

// ofProduct addresses a command to the product whose SKU the path or the line has.
func ofProduct[C any](d declaration[C], sku func(*C) *string) declaration[C] {
	d.Tag, d.Roles, d.Param = "products", access.Apps, "sku"
	d.Bind = func(in *body[C], value string) error {
		own := sku(&in.Command)
		if *own != "" && *own != value {
			return malformed("body.sku", "sku_differs", "the body has another SKU than the path")
		}
		*own = value
		return nil
	}
	d.Subject = func(in *body[C], _ string) (subject, error) {
		own := *sku(&in.Command)
		if !product.Nameable(own) {
			return subject{}, product.ErrSKU
		}
		return subject{product.Stream(own), "sku", own}, noCustomer(in)
	}
	return d
}

type (
	productInput struct {
		SKU   string `path:"sku" maxLength:"100"`
		After uint64 `query:"after" doc:"A position that a command answered: waits until the read models have reached it"`
	}
	productOutput struct {
		Body projections.Product
	}
	productsInput struct {
		After  uint64 `query:"after" doc:"A position that a command answered: waits until the read models have reached it"`
		Cursor string `query:"cursor" maxLength:"100" doc:"The next_cursor of the page before"`
		Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"100"`
	}
	productsOutput struct {
		Body struct {
			Products   []projections.Product `json:"products"`
			NextCursor string                `json:"next_cursor,omitempty" doc:"Absent on the last page"`
		}
	}
)

func (s *server) productRoutes() {
	query(s, access.Apps|access.Analysts, get("listProducts", "/v1/products", "products", "List what is or was for sale"),
		func(ctx context.Context, in *productsInput) (*productsOutput, error) {
			if in.Cursor != "" && !product.Nameable(in.Cursor) {
				return nil, malformed("query.cursor", "cursor_malformed", "a cursor is the next_cursor of the page before")
			}
			if err := s.wait(ctx, in.After); err != nil {
				return nil, err
			}
			page, err := s.reader.Products(ctx, in.Cursor, in.Limit)
			if err != nil {
				return nil, err
			}
			out := &productsOutput{}
			out.Body.Products = present(page)
			if len(page) == in.Limit {
				out.Body.NextCursor = page[len(page)-1].SKU
			}
			return out, nil
		})
	query(s, access.Apps|access.Analysts, get("getProduct", productPath, "products", "See a product"),
		func(ctx context.Context, in *productInput) (*productOutput, error) {
			if !product.Nameable(in.SKU) {
				return nil, projections.ErrNotFound
			}
			if err := s.wait(ctx, in.After); err != nil {
				return nil, err
			}
			one, err := s.reader.Product(ctx, in.SKU)
			return &productOutput{one}, err
		})
}
