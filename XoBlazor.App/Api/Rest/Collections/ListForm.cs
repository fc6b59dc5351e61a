using System.Buffers;
using System.Collections.Immutable;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.XoObjects;
using XoBlazor.App.Api.XoObjects.Filtering;
using XoBlazor.Core.Store.Filtering;

namespace XoBlazor.App.Api.Rest.Collections;

/// <summary>How a client wants a list: addresses alone or objects with some fields, as one array, as lines or as a table in Markdown. Written as it is made.</summary>
internal sealed class ListForm
{
    private const int PieceBytes = 48 * 1024;
    private const int MostFields = 200;

    /// <summary>All fields.</summary>
    public const string All = "*";

    private readonly ImmutableArray<string>? _fields;
    private readonly bool _hasLines;
    private readonly bool _isTable;

    private ListForm(RestCall call, string? unsaid)
    {
        _fields = (call.Text("fields") ?? unsaid) is { Length: > 0 } fields ? [.. fields.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()] : null;
        if (_fields?.Length > MostFields)
            throw ApiException.InvalidParameter("fields", $"must NOT have more than {MostFields} items");
        (_hasLines, _isTable) = (call.Flag("ndjson"), call.Flag("markdown"));
        Limit = call.Query.TryGetValue("limit", out var limit) ? (long)Math.Clamp(Math.Ceiling(limit.GetDouble()), 0, int.MaxValue) : null;
        Text = call.Text("filter") ?? "";
        Filter = XoFilter.TryParse(Text, out var filter, out var error) ? filter
            : throw new ApiException(ApiErrorCode.InvalidRequest, $"parse error: {error}", new System.Text.Json.Nodes.JsonObject { ["stringToParse"] = Text });
    }

    /// <summary>What every list may be asked with.</summary>
    public static ImmutableArray<ApiParameter> Parameters { get; } =
    [
        ApiParameter.Text("fields").OrEmpty.Optional.Described("the fields to tell, with commas between; * for all; only addresses when left out"),
        ApiParameter.Text("filter").OrEmpty.Optional.Described("which objects, in the filter language: power_state:running tags:prod"),
        ApiParameter.Number("limit").Optional.Described("at most so many"),
        ApiParameter.Flag("ndjson").Optional.Described("one object a line"),
        ApiParameter.Flag("markdown").Optional.Described("a table for people"),
    ];

    public long? Limit { get; }

    public string Text { get; }

    public XoFilter Filter { get; }

    /// <summary>The same for what is no object of a pool.</summary>
    public DocumentFilter Rows => FilterExpression.TryParse(Text, out var expression, out _) ? expression.ForDocuments() : throw new InvalidOperationException("It was understood before.");

    /// <summary>Addresses alone need no objects.</summary>
    public bool NeedsObjects => _fields is not null;

    /// <param name="fields">What is told when the client does not say; null for addresses alone.</param>
    public static ListForm Of(RestCall call, string? fields = null) => new(call, fields);

    /// <param name="items">Each with its address; documents may be reused for the next.</param>
    public async Task WriteAsync(HttpContext http, IEnumerable<(string Address, ReadOnlyMemory<byte> Document)> items)
    {
        http.Response.ContentType = _isTable ? "text/markdown; charset=utf-8" : _hasLines ? "application/x-ndjson" : "application/json; charset=utf-8";
        var to = http.Response.BodyWriter;
        if (_isTable)
            Put(to, $"| {string.Join(" | ", Columns)} |\n| {string.Join(" | ", Columns.Select(_ => "---"))} |");
        else if (!_hasLines)
            Put(to, "[");
        var isFirst = true;
        foreach (var (address, document) in items)
        {
            if (_isTable)
                Put(to, "\n");
            else if (!_hasLines && !isFirst)
                Put(to, ",");
            isFirst = false;
            Write(to, address, document.Span);
            if (_hasLines && !_isTable)
                Put(to, "\n");
            if (to.UnflushedBytes >= PieceBytes && (await to.FlushAsync(http.RequestAborted)).IsCompleted)
                return;
        }
        if (!_isTable && !_hasLines)
            Put(to, "]");
        await to.FlushAsync(http.RequestAborted);
    }

    private ImmutableArray<string> Columns => _fields is { } named && !named.Contains(All) ? named : ["id", "name_label", "href"];

    private void Write(PipeWriter to, string address, ReadOnlySpan<byte> document)
    {
        if (_isTable)
            WriteRow(to, address, document);
        else if (_fields is not { } fields)
            Put(to, JsonSerializer.Serialize(address));
        else if (fields.Contains(All))
        {
            to.Write(document[..^1]);
            Put(to, $",\"href\":{JsonSerializer.Serialize(address)}}}");
        }
        else
            WriteSome(to, address, document, fields);
    }

    private static void WriteSome(PipeWriter to, string address, ReadOnlySpan<byte> document, ImmutableArray<string> fields)
    {
        using var parsed = JsonDocument.Parse(document.ToArray());
        using var json = new Utf8JsonWriter(to, XoShape.Options);
        json.WriteStartObject();
        foreach (var field in fields)
            if (parsed.RootElement.TryGetProperty(field, out var value))
            {
                json.WritePropertyName(field);
                value.WriteTo(json);
            }
        json.WriteString("href"u8, address);
        json.WriteEndObject();
    }

    private void WriteRow(PipeWriter to, string address, ReadOnlySpan<byte> document)
    {
        using var parsed = document.IsEmpty ? null : JsonDocument.Parse(document.ToArray());
        var cells = Columns.Select(column => column == "href" ? address
            : parsed?.RootElement.TryGetProperty(column, out var value) == true ? value.ToString().Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ") : "");
        Put(to, $"| {string.Join(" | ", cells)} |");
    }

    private static void Put(PipeWriter to, string text) => to.Write(Encoding.UTF8.GetBytes(text));
}
