package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"math/big"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// valueOf is what schema.json gives for an attribute, as a value of its type.
func valueOf(of tftypes.Type, from any) tftypes.Value {
	switch given := from.(type) {
	case float64:
		return tftypes.NewValue(of, big.NewFloat(given))
	case []any:
		items := []tftypes.Value{}
		for _, item := range given {
			items = append(items, tftypes.NewValue(tftypes.String, item))
		}
		return tftypes.NewValue(of, items)
	default:
		return tftypes.NewValue(of, from)
	}
}

// applied replaces what was not known by what schema.json makes of it; equal resources get equal values.
func (block *Block) applied(kind string, planned tftypes.Value) tftypes.Value {
	fields := fieldsOf(planned)
	given := []string{kind}
	for name, value := range fields {
		if text := textOf(value); text != "" {
			given = append(given, name+"="+text)
		}
	}
	slices.Sort(given)
	sum := sha256.Sum256([]byte(strings.Join(given, "\n")))
	hash := hex.EncodeToString(sum[:])
	words := []string{
		"{id}", hash[:17], "{ID}", strings.ToUpper(hash[:17]), "{suffix}", "Xk" + hash[:3] + "Q",
		"{uuid}", hash[:8] + "-" + hash[8:12] + "-4" + hash[13:16] + "-8" + hash[17:20] + "-" + hash[20:32],
		"{number}", big.NewInt(0).SetBytes(sum[:4]).String(),
	}
	// Names come first, since ARNs are made of them.
	for _, name := range append([]string{"name"}, sortedKeys(fields)...) {
		value, ok := fields[name]
		if !ok || value.IsKnown() {
			continue
		}
		fields[name] = valueOf(value.Type(), made(block.Made[name], append(words, fieldWords(fields)...)))
	}
	return tftypes.NewValue(planned.Type(), fields)
}

// made puts words in the place of their names in a value of schema.json.
func made(value any, words []string) any {
	switch given := value.(type) {
	case string:
		return strings.NewReplacer(words...).Replace(given)
	case []any:
		items := []any{}
		for _, item := range given {
			items = append(items, made(item, words))
		}
		return items
	default:
		return value
	}
}

func fieldWords(fields map[string]tftypes.Value) []string {
	words := []string{}
	for name, value := range fields {
		if name != "id" {
			words = append(words, "{"+name+"}", textOf(value))
		}
	}
	return words
}

func sortedKeys(fields map[string]tftypes.Value) []string {
	keys := []string{}
	for key := range fields {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

func textOf(value tftypes.Value) string {
	var text *string
	if !value.IsKnown() || value.As(&text) != nil || text == nil {
		return ""
	}
	return *text
}

func isEmpty(value tftypes.Value) bool {
	return value.Type().Is(tftypes.String) && value.IsKnown() && !value.IsNull() && textOf(value) == ""
}

// compact is a text of JSON without white space and with its keys in order.
func compact(value tftypes.Value) tftypes.Value {
	var content any
	if json.Unmarshal([]byte(textOf(value)), &content) != nil {
		return value
	}
	return tftypes.NewValue(value.Type(), encoded(content, ""))
}

func encoded(content any, indent string) string {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", indent)
	if err := encoder.Encode(content); err != nil {
		panic(err)
	}
	return strings.TrimRight(text.String(), "\n")
}

// filled gives the rules of a security group what the provider fills in: empty texts and lists.
func filled(rules tftypes.Value) tftypes.Value {
	if rules.IsNull() || !rules.IsKnown() {
		return rules
	}
	items := itemsOf(rules)
	for index, item := range items {
		fields := fieldsOf(item)
		for name, value := range fields {
			if value.IsNull() {
				fields[name] = empty(value.Type())
			}
		}
		items[index] = tftypes.NewValue(item.Type(), fields)
	}
	return tftypes.NewValue(rules.Type(), items)
}

func empty(of tftypes.Type) tftypes.Value {
	switch {
	case of.Is(tftypes.String):
		return tftypes.NewValue(of, "")
	case of.Is(tftypes.Bool):
		return tftypes.NewValue(of, false)
	case of.Is(tftypes.Number):
		return tftypes.NewValue(of, 0)
	default:
		return tftypes.NewValue(of, []tftypes.Value{})
	}
}
