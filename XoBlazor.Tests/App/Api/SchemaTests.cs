using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using XoBlazor.App.Api.Catalogue;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.Tests.App.Api;

/// <summary>Parameters are judged in Ajv's words: its order, paths and messages are what clients print.</summary>
public sealed class SchemaTests
{
    private static readonly ImmutableArray<ApiParameter> s_parameters =
    [
        Text("id"), Flag("force").Optional, Number("limit").Optional, Whole("count").Optional, Of("size", "integer", "string").Optional, Texts("tags").Optional,
        Choice("mode", "full", "delta").Optional, Text("note").OrEmpty.Optional, Text("maybe").OrNull.Optional,
        new("color", ApiSchema.Text with { Pattern = new Regex("^#[0-9a-f]{6}$"), IsOptional = true }),
        new("many", ApiSchema.List(ApiSchema.Object with { Properties = [Text("network"), Text("mac").Optional] }) with { MinItems = 1, IsOptional = true }),
        new("map", ApiSchema.Object with { Others = ApiSchema.Flag, IsOptional = true }),
    ];

    [Theory]
    [InlineData("""{"id":"x","force":true,"limit":1.5,"count":2.0,"size":"1","tags":["a"],"mode":"full","note":"","maybe":null,"color":"#00ff00","many":[{"network":"n","more":1}],"map":{"a":true}}""")]
    [InlineData("{}", " /required must have required property 'id'")]
    [InlineData("""{"x":1}""", " /required must have required property 'id'", " /additionalProperties must NOT have additional properties")]
    [InlineData("""{"id":""}""", "/id /properties/id/minLength must NOT have fewer than 1 characters")]
    [InlineData("""{"id":1}""", "/id /properties/id/type must be string")]
    [InlineData("""{"id":null}""", "/id /properties/id/type must be string")]
    [InlineData("""{"id":"x","limit":1e999}""", "/limit /properties/limit/type must be number")]
    [InlineData("""{"id":"x","count":1.5}""", "/count /properties/count/type must be integer")]
    [InlineData("""{"id":"x","size":true}""", "/size /properties/size/type must be integer,string")]
    [InlineData("""{"id":"x","tags":["a",1,""]}""", "/tags/1 /properties/tags/items/type must be string", "/tags/2 /properties/tags/items/minLength must NOT have fewer than 1 characters")]
    [InlineData("""{"id":"x","mode":"half"}""", "/mode /properties/mode/enum must be equal to one of the allowed values")]
    [InlineData("""{"id":"x","color":"red"}""", "/color /properties/color/pattern must match pattern \"^#[0-9a-f]{6}$\"")]
    [InlineData("""{"id":"x","many":[]}""", "/many /properties/many/minItems must NOT have fewer than 1 items")]
    [InlineData("""{"id":"x","many":[{"mac":"a"}]}""", "/many/0 /properties/many/items/required must have required property 'network'")]
    [InlineData("""{"id":"x","map":{"a/b":1}}""", "/map/a~1b /properties/map/additionalProperties/type must be boolean")]
    public void Parameters_AreJudgedInAjvsWords(string given, params string[] expected)
    {
        using var document = JsonDocument.Parse(given);

        var errors = ApiSchemaCheck.Errors(s_parameters, document.RootElement.EnumerateObject().ToDictionary(one => one.Name, one => one.Value));

        Assert.Equal(expected, (errors ?? []).Select(error => $"{error!["instancePath"]} {((string)error["schemaPath"]!)[1..]} {error["message"]}"));
    }

    [Fact]
    public void Parameters_WithAnyOthers_TakeThem()
    {
        using var document = JsonDocument.Parse("""{"id":"x","whatever":[1]}""");

        Assert.Null(ApiSchemaCheck.Errors([Text("id"), Any(Others)], document.RootElement.EnumerateObject().ToDictionary(one => one.Name, one => one.Value)));
    }
}
