package main

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Block is a resource, a data source or a nested block, as schema.json writes it. An attribute is its type followed by
// what it is: required, optional, computed, sensitive, or json, whose text the provider writes without white space.
type Block struct {
	Nesting    string
	Max        int64
	Attributes map[string]string
	Blocks     map[string]*Block
	// Defaults are the values of optional attributes that are left out.
	Defaults map[string]any
	// Made are the values of computed attributes; `{name}` in them is the value of another attribute.
	Made map[string]any
	// Renewed are the computed attributes that each change makes anew.
	Renewed []string
}

//go:embed schema.json
var text []byte

var types struct{ Resources, Data map[string]*Block }

func init() {
	if err := json.Unmarshal(text, &types); err != nil {
		panic(err)
	}
}

var texts = tftypes.List{ElementType: tftypes.String}

// rule is an object of `ingress` and `egress`, which are attributes that are written like blocks.
var rule = tftypes.Object{AttributeTypes: map[string]tftypes.Type{
	"cidr_blocks": texts, "description": tftypes.String, "from_port": tftypes.Number, "ipv6_cidr_blocks": texts,
	"prefix_list_ids": texts, "protocol": tftypes.String, "security_groups": tftypes.Set{ElementType: tftypes.String},
	"self": tftypes.Bool, "to_port": tftypes.Number,
}}

var attributeTypes = map[string]tftypes.Type{
	"string": tftypes.String, "number": tftypes.Number, "bool": tftypes.Bool, "list": texts,
	"set": tftypes.Set{ElementType: tftypes.String}, "map": tftypes.Map{ElementType: tftypes.String},
	"rules": tftypes.Set{ElementType: rule},
}

func (block *Block) has(attribute, property string) bool {
	return slices.Contains(strings.Fields(block.Attributes[attribute])[1:], property)
}

func (block *Block) attributeType(attribute string) tftypes.Type {
	return attributeTypes[strings.Fields(block.Attributes[attribute])[0]]
}

func (block *Block) schema() *tfprotov5.SchemaBlock {
	schema := &tfprotov5.SchemaBlock{}
	for name := range block.Attributes {
		schema.Attributes = append(schema.Attributes, &tfprotov5.SchemaAttribute{
			Name: name, Type: block.attributeType(name), Required: block.has(name, "required"),
			Optional: block.has(name, "optional"), Computed: block.has(name, "computed"),
			Sensitive: block.has(name, "sensitive"),
		})
	}
	for name, nested := range block.Blocks {
		nesting := tfprotov5.SchemaNestedBlockNestingModeList
		if nested.Nesting == "set" {
			nesting = tfprotov5.SchemaNestedBlockNestingModeSet
		}
		schema.BlockTypes = append(schema.BlockTypes, &tfprotov5.SchemaNestedBlock{
			TypeName: name, Block: nested.schema(), Nesting: nesting, MaxItems: nested.Max,
		})
	}
	return schema
}

func schemas(blocks map[string]*Block) map[string]*tfprotov5.Schema {
	all := map[string]*tfprotov5.Schema{}
	for name, block := range blocks {
		all[name] = &tfprotov5.Schema{Block: block.schema()}
	}
	return all
}
