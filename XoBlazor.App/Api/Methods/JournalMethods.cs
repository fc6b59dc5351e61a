using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.Core.Access;
using XoBlazor.Core.Journal;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Methods;

/// <summary>The journal, as the requester may read it. Xen Orchestra has none.</summary>
internal sealed class JournalMethods(VisibleJournal journal) : IApiMethods
{
    public IEnumerable<ApiMethod> Methods =>
    [
        new("journal.getChanges", ApiPermission.SignedIn, ChangesAsync)
        {
            Description = "returns recorded changes, newest first; next is where the page after this one begins, null when there is nothing older",
            Parameters =
            [
                Text("object").Optional.Described("the uuid of an object, also of one that is gone"),
                Text("pool").Optional.Described("the uuid of a pool"),
                Text("class").Optional.Described("a class of XAPI, such as VM"),
                Text("text").Optional.Described("words that all occur in the change"),
                Of("from", "number", "string").Optional.Described("the first moment: milliseconds since 1970 or ISO 8601"),
                Of("to", "number", "string").Optional.Described("the last moment"),
                Whole("limit").Optional,
                Text("cursor").Optional.Described("next of the page before"),
            ],
        },
    ];

    private async ValueTask<ApiResult> ChangesAsync(ApiCall call)
    {
        var query = new ChangesQuery
        {
            Uuid = call.TextOrNull("object"),
            Pool = call.TextOrNull("pool"),
            Class = call.TextOrNull("class"),
            Text = call.TextOrNull("text"),
            From = Moment(call, "from"),
            To = Moment(call, "to"),
            Limit = (int)Math.Clamp(call.Number("limit") ?? 100, 1, ChangesQuery.MaxLimit),
            Cursor = call.TextOrNull("cursor") is not { } cursor ? null
                : long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position
                : throw ApiException.InvalidParameter("cursor", "not a cursor of an earlier page"),
        };
        var page = await journal.ChangesAsync(call.Requester.Actor, query, call.Closed);
        return ApiResult.Of(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("entries");
            foreach (var entry in page.Entries)
                Write(writer, entry);
            writer.WriteEndArray();
            writer.WriteString("next", page.Next?.ToString(CultureInfo.InvariantCulture));
            writer.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter writer, JournalEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("position", entry.Position.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("time", entry.Time.UtcDateTime);
        writer.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(entry.Kind.ToString()));
        writer.WriteString("pool", entry.Pool);
        if (entry.Marker is { } marker)
        {
            writer.WriteStartObject("marker");
            writer.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(marker.Kind.ToString()));
            writer.WriteNumber("dropped", marker.Dropped);
            writer.WriteString("since", marker.Since.UtcDateTime);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteString("class", entry.Class);
            writer.WriteString("uuid", entry.Uuid);
            writer.WriteString("name", entry.Name);
            writer.WriteNumber("omitted", entry.Omitted);
            writer.WriteStartArray("fields");
            foreach (var field in entry.Fields)
            {
                writer.WriteStartObject();
                writer.WriteString("field", field.Field);
                WriteValue(writer, "old", field.Old);
                WriteValue(writer, "new", field.New);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, string name, string? json)
    {
        if (json is null)
            return;
        writer.WritePropertyName(name);
        writer.WriteRawValue(json);
    }

    private static DateTimeOffset? Moment(ApiCall call, string name) => call.Value(name) is { } given ? ApiMoment.Read(name, given) : null;
}
