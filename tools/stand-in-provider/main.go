// Command stand-in-provider is a provider for Terraform that makes the resources of the tests up, without any account:
// enough of hashicorp/aws and hashicorp/random for plans that have the values and the shape of real ones.
// https://developer.hashicorp.com/terraform/plugin/terraform-plugin-protocol
package main

import (
	"context"
	"log"
	"reflect"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tfprotov5/tf5server"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

func main() {
	server := func() tfprotov5.ProviderServer { return provider{} }
	if err := tf5server.Serve("registry.terraform.io/hashicorp/aws", server); err != nil {
		log.Fatal(err)
	}
}

// provider answers what Terraform asks for plans; asking it for anything else ends it.
type provider struct{ tfprotov5.ProviderServer }

func (provider) GetProviderSchema(context.Context, *tfprotov5.GetProviderSchemaRequest) (*tfprotov5.GetProviderSchemaResponse, error) {
	return &tfprotov5.GetProviderSchemaResponse{
		Provider:          &tfprotov5.Schema{Block: &tfprotov5.SchemaBlock{}},
		ResourceSchemas:   schemas(types.Resources),
		DataSourceSchemas: schemas(types.Data),
	}, nil
}

func (provider) PrepareProviderConfig(_ context.Context, request *tfprotov5.PrepareProviderConfigRequest) (*tfprotov5.PrepareProviderConfigResponse, error) {
	return &tfprotov5.PrepareProviderConfigResponse{PreparedConfig: request.Config}, nil
}

func (provider) ConfigureProvider(context.Context, *tfprotov5.ConfigureProviderRequest) (*tfprotov5.ConfigureProviderResponse, error) {
	return &tfprotov5.ConfigureProviderResponse{}, nil
}

func (provider) StopProvider(context.Context, *tfprotov5.StopProviderRequest) (*tfprotov5.StopProviderResponse, error) {
	return &tfprotov5.StopProviderResponse{}, nil
}

func (provider) ValidateResourceTypeConfig(context.Context, *tfprotov5.ValidateResourceTypeConfigRequest) (*tfprotov5.ValidateResourceTypeConfigResponse, error) {
	return &tfprotov5.ValidateResourceTypeConfigResponse{}, nil
}

func (provider) ValidateDataSourceConfig(context.Context, *tfprotov5.ValidateDataSourceConfigRequest) (*tfprotov5.ValidateDataSourceConfigResponse, error) {
	return &tfprotov5.ValidateDataSourceConfigResponse{}, nil
}

func (provider) UpgradeResourceState(_ context.Context, request *tfprotov5.UpgradeResourceStateRequest) (*tfprotov5.UpgradeResourceStateResponse, error) {
	block := types.Resources[request.TypeName]
	state, err := request.RawState.Unmarshal(block.schema().ValueType())
	if err != nil {
		return nil, err
	}
	upgraded, err := tfprotov5.NewDynamicValue(state.Type(), state)
	return &tfprotov5.UpgradeResourceStateResponse{UpgradedState: &upgraded}, err
}

func (provider) ReadResource(_ context.Context, request *tfprotov5.ReadResourceRequest) (*tfprotov5.ReadResourceResponse, error) {
	block := types.Resources[request.TypeName]
	state, err := changed(block, request.CurrentState, block.read)
	return &tfprotov5.ReadResourceResponse{NewState: state}, err
}

func (provider) PlanResourceChange(_ context.Context, request *tfprotov5.PlanResourceChangeRequest) (*tfprotov5.PlanResourceChangeResponse, error) {
	block := types.Resources[request.TypeName]
	planned, err := changed(block, request.ProposedNewState, func(proposed tftypes.Value) tftypes.Value {
		prior, _ := request.PriorState.Unmarshal(proposed.Type())
		return block.planned(prior, proposed)
	})
	return &tfprotov5.PlanResourceChangeResponse{PlannedState: planned, UnsafeToUseLegacyTypeSystem: true}, err
}

func (provider) ApplyResourceChange(_ context.Context, request *tfprotov5.ApplyResourceChangeRequest) (*tfprotov5.ApplyResourceChangeResponse, error) {
	block := types.Resources[request.TypeName]
	state, err := changed(block, request.PlannedState, func(planned tftypes.Value) tftypes.Value {
		return block.applied(request.TypeName, planned)
	})
	return &tfprotov5.ApplyResourceChangeResponse{NewState: state, UnsafeToUseLegacyTypeSystem: true}, err
}

func (provider) ReadDataSource(_ context.Context, request *tfprotov5.ReadDataSourceRequest) (*tfprotov5.ReadDataSourceResponse, error) {
	block := types.Data[request.TypeName]
	state, err := changed(block, request.Config, func(config tftypes.Value) tftypes.Value {
		read := block.applied(request.TypeName, block.planned(tftypes.NewValue(config.Type(), nil), config))
		if request.TypeName == "aws_iam_policy_document" {
			return withDocument(read)
		}
		return read
	})
	return &tfprotov5.ReadDataSourceResponse{State: state}, err
}

// changed is a value after a change; a deleted resource stays null.
func changed(block *Block, from *tfprotov5.DynamicValue, change func(tftypes.Value) tftypes.Value) (*tfprotov5.DynamicValue, error) {
	value, err := from.Unmarshal(block.schema().ValueType())
	if err != nil || value.IsNull() {
		return from, err
	}
	to, err := tfprotov5.NewDynamicValue(value.Type(), change(value))
	return &to, err
}

// planned completes a proposed value: defaults, and what is known after apply.
func (block *Block) planned(prior, proposed tftypes.Value) tftypes.Value {
	fields, before := fieldsOf(proposed), fieldsOf(prior)
	for name := range block.Attributes {
		value := fields[name]
		if initial, ok := block.Defaults[name]; ok && value.IsNull() {
			fields[name] = valueOf(value.Type(), initial)
		} else if old, ok := before[name]; ok && value.IsNull() && isEmpty(old) {
			fields[name] = old
		} else if block.has(name, "computed") && value.IsNull() && prior.IsNull() {
			fields[name] = tftypes.NewValue(value.Type(), tftypes.UnknownValue)
		} else if block.has(name, "json") && value.IsKnown() {
			fields[name] = compact(value)
		} else if rules, ok := attributeTypes["rules"]; ok && value.Type().Equal(rules) {
			fields[name] = filled(value)
		}
	}
	if !prior.IsNull() && !reflect.DeepEqual(fields, before) {
		for _, name := range block.Renewed {
			fields[name] = tftypes.NewValue(fields[name].Type(), tftypes.UnknownValue)
		}
	}
	return tftypes.NewValue(proposed.Type(), fields)
}

// read is what a provider reads back: an empty string for each that is not set, except of write-only ones.
func (block *Block) read(state tftypes.Value) tftypes.Value {
	fields := fieldsOf(state)
	for name := range block.Attributes {
		value := fields[name]
		if value.IsNull() && value.Type().Is(tftypes.String) && !strings.Contains(name, "_wo") {
			fields[name] = empty(value.Type())
		}
	}
	for name, nested := range block.Blocks {
		items := itemsOf(fields[name])
		for index, item := range items {
			items[index] = nested.read(item)
		}
		fields[name] = tftypes.NewValue(fields[name].Type(), items)
	}
	return tftypes.NewValue(state.Type(), fields)
}

func fieldsOf(object tftypes.Value) map[string]tftypes.Value {
	fields := map[string]tftypes.Value{}
	if !object.IsNull() {
		if err := object.As(&fields); err != nil {
			panic(err)
		}
	}
	return fields
}
