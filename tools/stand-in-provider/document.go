package main

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// withDocument writes the JSON of a data source aws_iam_policy_document.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
func withDocument(read tftypes.Value) tftypes.Value {
	fields := fieldsOf(read)
	statements := []any{}
	for _, block := range itemsOf(fields["statement"]) {
		statements = append(statements, statementOf(fieldsOf(block)))
	}
	document := map[string]any{"Version": "2012-10-17", "Statement": statements}
	fields["json"] = tftypes.NewValue(tftypes.String, encoded(document, "  "))
	fields["minified_json"] = compact(fields["json"])
	return tftypes.NewValue(read.Type(), fields)
}

func statementOf(block map[string]tftypes.Value) map[string]any {
	statement := map[string]any{"Effect": "Allow"}
	if effect := textOf(block["effect"]); effect != "" {
		statement["Effect"] = effect
	}
	if sid := textOf(block["sid"]); sid != "" {
		statement["Sid"] = sid
	}
	lists := map[string]string{
		"actions": "Action", "not_actions": "NotAction", "resources": "Resource", "not_resources": "NotResource",
	}
	for attribute, key := range lists {
		if values := textsOf(block[attribute]); len(values) > 0 {
			statement[key] = oneOrAll(values)
		}
	}
	if principals := grouped(block["principals"], "type", "identifiers"); len(principals) > 0 {
		statement["Principal"] = principals
	}
	conditions := map[string]any{}
	for _, condition := range itemsOf(block["condition"]) {
		fields := fieldsOf(condition)
		test, _ := conditions[textOf(fields["test"])].(map[string]any)
		if test == nil {
			test = map[string]any{}
		}
		test[textOf(fields["variable"])] = oneOrAll(textsOf(fields["values"]))
		conditions[textOf(fields["test"])] = test
	}
	if len(conditions) > 0 {
		statement["Condition"] = conditions
	}
	return statement
}

// grouped is what blocks give in one attribute, by what they give in another.
func grouped(blocks tftypes.Value, by, attribute string) map[string]any {
	groups := map[string]any{}
	for _, block := range itemsOf(blocks) {
		fields := fieldsOf(block)
		groups[textOf(fields[by])] = oneOrAll(textsOf(fields[attribute]))
	}
	return groups
}

func itemsOf(value tftypes.Value) []tftypes.Value {
	items := []tftypes.Value{}
	if value.IsKnown() && !value.IsNull() {
		if err := value.As(&items); err != nil {
			panic(err)
		}
	}
	return items
}

// textsOf is a set of texts, in the order in which the provider writes it.
func textsOf(value tftypes.Value) []string {
	texts := []string{}
	for _, item := range itemsOf(value) {
		texts = append(texts, textOf(item))
	}
	slices.Sort(texts)
	slices.Reverse(texts)
	return texts
}

func oneOrAll(values []string) any {
	if len(values) == 1 {
		return values[0]
	}
	return values
}
