using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.App.Api.XoObjects;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Transfers;

namespace XoBlazor.App.Api.Methods;

/// <summary>The catalogue of operations as programs are told of it: what each works on, takes, makes and costs. The command line is made from this.</summary>
internal static class OperationDescriptions
{
    // What the operations on VMs tell apart.
    private static readonly (string Type, Vm Sample)[] s_vms =
    [
        ("VM", Sample(new())),
        ("VM-template", Sample(new() { IsATemplate = true })),
        ("VM-template", Sample(new() { IsATemplate = true, IsDefaultTemplate = true })),
        ("VM-snapshot", Sample(new() { IsATemplate = true, IsASnapshot = true })),
    ];

    public static JsonArray Of(IEnumerable<Operation> operations) => [.. operations.Select(Of)];

    private static JsonNode Of(Operation operation)
    {
        var told = new JsonObject
        {
            ["name"] = operation.Name,
            ["title"] = operation.Title,
            ["progressive"] = operation.Progressive,
            ["description"] = operation.Description,
            ["types"] = Texts(TypesOf(operation)),
            ["confirmation"] = Camel(operation.Confirmation.ToString()),
            ["suitsMany"] = operation.SuitsMany,
            ["right"] = operation.Right.Name,
            ["parameters"] = new JsonArray([.. operation.Parameters.Select(Of)]),
        };
        if (operation.Consequence is { } consequence)
            told["consequence"] = consequence;
        if (operation.Bytes != TransferDirection.None)
            told["bytes"] = Camel(operation.Bytes.ToString());
        if (operation.Makes is { } made && !XoTypes.TypesOf(made).IsEmpty)
            told["makes"] = XoTypes.TypesOf(made)[0];
        return told;
    }

    private static JsonNode Of(OperationParameter parameter)
    {
        var told = new JsonObject { ["name"] = parameter.Name, ["title"] = parameter.Title, ["kind"] = Camel(parameter.Kind.ToString()) };
        if (parameter.Description is { } description)
            told["description"] = description;
        if (parameter.OnTarget is { } right)
            told["right"] = right.Name;
        Flag("required", parameter.IsRequired);
        Flag("clearable", parameter.IsClearable);
        Flag("secret", parameter.IsSecret);
        Flag("advanced", parameter.IsAdvanced);
        if (!parameter.Choices.IsEmpty)
            told["choices"] = Texts(parameter.Choices);
        if (!parameter.Classes.IsEmpty)
            told["types"] = Texts(parameter.Classes.SelectMany(type => XoTypes.TypesOf(type)));
        if (parameter.Kind == ParameterKind.Number && parameter.Minimum != long.MinValue)
            told["minimum"] = parameter.Minimum;
        if (parameter.Kind == ParameterKind.Number && parameter.Maximum != long.MaxValue)
            told["maximum"] = parameter.Maximum;
        if (parameter.Default is { } value)
            told["default"] = value.DeepClone();
        if (parameter.Item is { } item)
            told["item"] = Of(item);
        if (!parameter.Fields.IsEmpty)
            told["fields"] = new JsonArray([.. parameter.Fields.Select(Of)]);
        return told;

        void Flag(string name, bool isSo)
        {
            if (isSo)
                told[name] = true;
        }
    }

    // What is for some of a kind, such as VMs with a mark, fits no sample: the server says of which it is not.
    public static IReadOnlyList<string> TypesOf(Operation operation)
    {
        string[] fitting = operation.Target == XapiClass.Vm ? [.. s_vms.Where(vm => operation.IsFor(vm.Sample)).Select(vm => vm.Type).Distinct()] : [];
        return fitting.Length > 0 ? fitting : XoTypes.TypesOf(operation.Target);
    }

    private static Vm Sample(Vm vm) => vm with { Ref = "OpaqueRef:sample", Uuid = "sample" };

    private static JsonArray Texts(IEnumerable<string> values) => [.. values.Select(value => (JsonNode)value)];

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
