using System.Text.Json;
using System.Text.Json.Nodes;

namespace XoBlazor.App.Api.Rest.Collections;

/// <summary>Lists of what is no object of a pool: users, groups, servers, tasks.</summary>
internal static class RowList
{
    /// <param name="collection">Its name in addresses.</param>
    /// <param name="rows">Objects with an id.</param>
    /// <param name="fields">What is told when the client does not say; null for addresses alone.</param>
    public static Task WriteAsync(RestCall call, string collection, IEnumerable<JsonNode> rows, string? fields = null)
    {
        var form = ListForm.Of(call, fields);
        var asked = rows.Select(row => JsonSerializer.SerializeToUtf8Bytes(row)).Where(bytes =>
        {
            using var document = JsonDocument.Parse(bytes);
            return form.Rows.Matches(document.RootElement);
        });
        return form.WriteAsync(call.Http, asked.Take((int)(form.Limit ?? int.MaxValue)).Select(bytes => ($"{RestEndpoints.Root}/{collection}/{IdOf(bytes)}", new ReadOnlyMemory<byte>(bytes))));
    }

    private static string IdOf(byte[] row)
    {
        using var document = JsonDocument.Parse(row);
        return document.RootElement.GetProperty("id").GetString()!;
    }
}
