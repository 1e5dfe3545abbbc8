// Command hcl says how HashiCorp's own parser reads texts. It reads a line of JSON for each, `["config" | "expression" | "template", text]`,
// and answers with a line: the tree as a compact S-expression with byte ranges, or null when the text is refused.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return
		}
		var request [2]string
		if err := json.Unmarshal(line, &request); err != nil {
			panic(err)
		}
		answer, _ := json.Marshal(read(request[0], request[1]))
		out.Write(answer)
		out.WriteByte('\n')
		if in.Buffered() == 0 {
			out.Flush()
		}
	}
}

func read(mode, text string) any {
	d := dumper{source: text}
	start := hcl.Pos{Line: 1, Column: 1}
	var diagnostics hcl.Diagnostics
	switch mode {
	case "config":
		file, found := hclsyntax.ParseConfig([]byte(text), "", start)
		if diagnostics = found; !found.HasErrors() {
			d.body(file.Body.(*hclsyntax.Body))
		}
	case "expression":
		expression, found := hclsyntax.ParseExpression([]byte(text), "", start)
		if diagnostics = found; !found.HasErrors() {
			d.expression(expression)
		}
	case "template":
		expression, found := hclsyntax.ParseTemplate([]byte(text), "", start)
		if diagnostics = found; !found.HasErrors() {
			d.template(expression, false)
		}
	}
	if diagnostics.HasErrors() {
		return nil
	}
	return d.String()
}

type dumper struct {
	strings.Builder
	source string
}

func (d *dumper) open(kind string, from, to hcl.Range) {
	fmt.Fprintf(d, "(%s %d-%d", kind, from.Start.Byte, to.End.Byte)
}

func (d *dumper) quoted(text string) {
	encoder := json.NewEncoder(d)
	encoder.SetEscapeHTML(false)
	d.WriteByte(' ')
	encoder.Encode(text)
}

func (d *dumper) body(body *hclsyntax.Body) {
	names := make([]string, 0, len(body.Attributes))
	for name := range body.Attributes {
		names = append(names, name)
	}
	sort.Slice(names, func(i, j int) bool {
		return body.Attributes[names[i]].SrcRange.Start.Byte < body.Attributes[names[j]].SrcRange.Start.Byte
	})
	for _, name := range names {
		attribute := body.Attributes[name]
		d.open("=", attribute.SrcRange, attribute.SrcRange)
		d.quoted(name)
		d.expression(attribute.Expr)
		d.WriteByte(')')
	}
	for _, block := range body.Blocks {
		d.open("{", block.TypeRange, block.CloseBraceRange)
		fmt.Fprintf(d, " %d", block.OpenBraceRange.Start.Byte)
		d.quoted(block.Type)
		for i, label := range block.Labels {
			d.open("label", block.LabelRanges[i], block.LabelRanges[i])
			d.quoted(cty.NormalizeString(label))
			d.WriteByte(')')
		}
		d.body(block.Body)
		d.WriteByte(')')
	}
}

func (d *dumper) text(r hcl.Range) string { return d.source[r.Start.Byte:r.End.Byte] }

func number(value cty.Value) string {
	float, _ := value.AsBigFloat().Float64()
	return fmt.Sprintf("%.6e", float)
}

// The value of a literal: of an index its place is not kept, so it is compared without.
func (d *dumper) key(value cty.Value) {
	switch {
	case value.IsNull():
		d.WriteString("(null)")
	case value.Type() == cty.Number:
		fmt.Fprintf(d, "(number %s)", number(value))
	case value.Type() == cty.Bool:
		fmt.Fprintf(d, "(%t)", value.True())
	default:
		d.WriteString("(template")
		if value.AsString() != "" {
			d.quoted(value.AsString())
		}
		d.WriteByte(')')
	}
}

func (d *dumper) traversal(steps hcl.Traversal) {
	for _, step := range steps {
		switch step := step.(type) {
		case hcl.TraverseAttr:
			fmt.Fprintf(d, ".%s", step.Name)
		case hcl.TraverseIndex:
			d.WriteByte('[')
			d.key(step.Key)
			d.WriteByte(']')
		}
		fmt.Fprintf(d, "%d", step.SourceRange().End.Byte)
	}
}

func (d *dumper) parts(parts []hclsyntax.Expression) {
	for _, part := range parts {
		if literal, ok := part.(*hclsyntax.LiteralValueExpr); ok && literal.Val.Type() == cty.String {
			if literal.Val.AsString() != "" {
				d.quoted(literal.Val.AsString())
			}
			continue
		}
		if conditional, ok := part.(*hclsyntax.ConditionalExpr); ok && d.source[conditional.SrcRange.Start.Byte] == '%' {
			d.open("%if", conditional.SrcRange, conditional.SrcRange)
			d.expression(conditional.Condition)
			d.WriteByte('(')
			d.parts(conditional.TrueResult.(*hclsyntax.TemplateExpr).Parts)
			d.WriteString(")(")
			d.parts(conditional.FalseResult.(*hclsyntax.TemplateExpr).Parts)
			d.WriteString("))")
			continue
		}
		if join, ok := part.(*hclsyntax.TemplateJoinExpr); ok {
			loop := join.Tuple.(*hclsyntax.ForExpr)
			d.open("%for", loop.SrcRange, loop.SrcRange)
			fmt.Fprintf(d, " %s,%s", loop.KeyVar, loop.ValVar)
			d.expression(loop.CollExpr)
			d.WriteByte('(')
			d.parts(loop.ValExpr.(*hclsyntax.TemplateExpr).Parts)
			d.WriteString("))")
			continue
		}
		d.expression(part)
	}
}

// The place of a whole template file is not compared: Terraform's begins behind the first token.
func (d *dumper) template(expression hclsyntax.Expression, placed bool) {
	place := func(kind string, at hcl.Range) {
		if placed {
			d.open(kind, at, at)
		} else {
			d.WriteString("(" + kind)
		}
	}
	switch e := expression.(type) {
	case *hclsyntax.TemplateExpr:
		place("template", e.SrcRange)
		d.parts(e.Parts)
	case *hclsyntax.TemplateWrapExpr:
		place("wrap", e.SrcRange)
		d.expression(e.Wrapped)
	}
	d.WriteByte(')')
}

func (d *dumper) expression(expression hclsyntax.Expression) {
	switch e := expression.(type) {
	case *hclsyntax.ParenthesesExpr:
		d.expression(e.Expression)
		return
	case *hclsyntax.TemplateExpr, *hclsyntax.TemplateWrapExpr:
		d.template(e, true)
		return
	case *hclsyntax.LiteralValueExpr:
		d.open("literal", e.SrcRange, e.SrcRange)
		d.quoted(d.text(e.SrcRange))
	case *hclsyntax.ScopeTraversalExpr:
		root := e.Traversal[0].(hcl.TraverseRoot)
		d.open("variable", root.SrcRange, root.SrcRange)
		d.quoted(root.Name)
		d.WriteByte(')')
		d.traversal(e.Traversal[1:])
		return
	case *hclsyntax.RelativeTraversalExpr:
		d.expression(e.Source)
		d.traversal(e.Traversal)
		return
	case *hclsyntax.IndexExpr:
		d.expression(e.Collection)
		d.WriteByte('[')
		d.expression(e.Key)
		fmt.Fprintf(d, "]%d", e.SrcRange.End.Byte)
		return
	case *hclsyntax.SplatExpr:
		d.expression(e.Source)
		d.WriteString("[*")
		d.expression(e.Each)
		fmt.Fprintf(d, "]%d", e.SrcRange.End.Byte)
		return
	case *hclsyntax.AnonSymbolExpr:
		fmt.Fprintf(d, "(item -%d", e.SrcRange.End.Byte)
	case *hclsyntax.FunctionCallExpr:
		d.open("call", e.Range(), e.Range())
		fmt.Fprintf(d, " %s %t", e.Name, e.ExpandFinal)
		for _, argument := range e.Args {
			d.expression(argument)
		}
	case *hclsyntax.ConditionalExpr:
		d.open("?", e.SrcRange, e.SrcRange)
		d.expression(e.Condition)
		d.expression(e.TrueResult)
		d.expression(e.FalseResult)
	case *hclsyntax.BinaryOpExpr:
		d.open(operators[e.Op], e.SrcRange, e.SrcRange)
		d.expression(e.LHS)
		d.expression(e.RHS)
	case *hclsyntax.UnaryOpExpr:
		d.open(operators[e.Op], e.SrcRange, e.SrcRange)
		d.expression(e.Val)
	case *hclsyntax.TupleConsExpr:
		d.open("tuple", e.SrcRange, e.SrcRange)
		for _, item := range e.Exprs {
			d.expression(item)
		}
	case *hclsyntax.ObjectConsExpr:
		d.open("object", e.SrcRange, e.SrcRange)
		for _, item := range e.Items {
			d.objectKey(item.KeyExpr.(*hclsyntax.ObjectConsKeyExpr))
			d.WriteByte(':')
			d.expression(item.ValueExpr)
		}
	case *hclsyntax.ForExpr:
		d.open("for", e.SrcRange, e.SrcRange)
		fmt.Fprintf(d, " %s,%s %t", e.KeyVar, e.ValVar, e.Group)
		d.expression(e.CollExpr)
		for _, part := range []hclsyntax.Expression{e.KeyExpr, e.ValExpr, e.CondExpr} {
			if part == nil {
				d.WriteString("-")
			} else {
				d.expression(part)
			}
		}
	default:
		panic(fmt.Sprintf("%T", expression))
	}
	d.WriteByte(')')
}

// A bare word is the template of its name, and one with steps behind it is refused when it is evaluated.
func (d *dumper) objectKey(key *hclsyntax.ObjectConsKeyExpr) {
	at := key.Range()
	if !key.ForceNonLiteral {
		if name := hcl.ExprAsKeyword(key.Wrapped); name != "" {
			d.open("template", at, at)
			d.quoted(cty.NormalizeString(name))
			d.WriteByte(')')
			return
		}
		if traversal, ok := key.Wrapped.(*hclsyntax.ScopeTraversalExpr); ok && len(traversal.Traversal) > 1 {
			d.open("ambiguous", at, at)
			d.WriteByte(')')
			return
		}
	}
	d.expression(key.Wrapped)
}

var operators = map[*hclsyntax.Operation]string{
	hclsyntax.OpLogicalOr: "||", hclsyntax.OpLogicalAnd: "&&", hclsyntax.OpLogicalNot: "!",
	hclsyntax.OpEqual: "==", hclsyntax.OpNotEqual: "!=",
	hclsyntax.OpGreaterThan: ">", hclsyntax.OpGreaterThanOrEqual: ">=", hclsyntax.OpLessThan: "<", hclsyntax.OpLessThanOrEqual: "<=",
	hclsyntax.OpAdd: "+", hclsyntax.OpSubtract: "-", hclsyntax.OpMultiply: "*", hclsyntax.OpDivide: "/", hclsyntax.OpModulo: "%",
	hclsyntax.OpNegate: "-",
}
