using System.Text.Json;

namespace XoBlazor.Core.Patching.Catalogues;

/// <summary>
/// What the maker of XenServer knows a customer by when updates are downloaded: name and key out of the Client-ID file, a JSON object with <c>username</c> and <c>apikey</c>
/// (xo-proxying.md §4.1). The key is a secret. Immutable.
/// </summary>
/// <param name="Since">When it was uploaded.</param>
/// <param name="By">The name of who uploaded it.</param>
public sealed record ClientId(string UserName, string ApiKey, DateTimeOffset Since, string By)
{
    /// <summary>The longest file that may be one, in bytes.</summary>
    public const int LongestFile = 16 * 1024;

    private const int LongestText = 1024;

    /// <summary>Reads the file. Fails with <see cref="PatchingException"/>, which says what is expected and nothing of what is in it.</summary>
    public static ClientId Read(ReadOnlySpan<byte> file, DateTimeOffset since, string by)
    {
        if (file.Length > LongestFile)
            throw IsNone("it is far too long");
        if (file.StartsWith("\uFEFF"u8))
            file = file[3..];
        try
        {
            var reader = new Utf8JsonReader(file, new() { MaxDepth = 8 });
            using var document = JsonDocument.ParseValue(ref reader);
            if (reader.Read() || document.RootElement.ValueKind != JsonValueKind.Object)
                throw IsNone("it is no JSON object");
            var id = new ClientId(Text(document.RootElement, "username"), Text(document.RootElement, "apikey"), since, by);
            return id.UserName.Contains(':', StringComparison.Ordinal) ? throw IsNone("its 'username' has a colon in it") : id;
        }
        catch (JsonException)
        {
            throw IsNone("it is no JSON");
        }
    }

    /// <summary>Without the key.</summary>
    public override string ToString() => UserName;

    private static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString()!.Trim() is { Length: > 0 and <= LongestText } text && !text.Any(char.IsControl)
            ? text : throw IsNone($"it has no '{name}' that can be used");

    private static PatchingException IsNone(string why) =>
        new($"This is no Client-ID file: {why}. It is a JSON file with 'username' and 'apikey', which the maker of XenServer gives customers for downloads.");
}
