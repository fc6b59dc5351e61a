using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.App.Accounts.Ldap;

namespace XoBlazor.App.Accounts.Providers.Plugins;

/// <summary>What plugins say of people, checked and bounded: a plugin is no more to be trusted with the form of its answers than a browser. Fails with <see cref="ProviderException"/>.</summary>
internal static class PluginAnswers
{
    private const int LongestText = 256;
    private const int LongestSubject = 2048;
    private const int LongestMail = 254;
    private const int LongestWords = 300;
    private const int LongestReason = 1000;
    private const int LongestMemo = 4096;
    private const int MostGroups = 1000;

    /// <summary>A person; or why it is none.</summary>
    /// <param name="plugin">The plugin's id.</param>
    /// <param name="name">What it is called.</param>
    public static RedirectAnswer Read(string plugin, string name, JsonElement answer)
    {
        if (answer.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            return new RedirectAnswer.Refused(null, "it vouches for nobody.");
        if (answer.ValueKind != JsonValueKind.Object)
            throw Wrong(name, "answers with something else than a person, or null");
        if (answer.TryGetProperty("refused", out var refused))
            return new RedirectAnswer.Refused(
                refused.ValueKind == JsonValueKind.String && refused.GetString() is { Length: > 0 } words ? Printable(words, LongestWords) : null,
                answer.TryGetProperty("reason", out var reason) && reason.ValueKind == JsonValueKind.String ? Printable(reason.GetString()!, LongestReason) : "it vouches for nobody.");
        return new RedirectAnswer.Accepted(new ProvenPerson
        {
            Id = PluginSources.Named(plugin, Text(answer, "subject", LongestSubject) ?? throw Wrong(name, "vouches for somebody without a 'subject'")),
            Name = Text(answer, "name", LongestText) ?? throw Wrong(name, "vouches for somebody without a 'name'"),
            DisplayName = Text(answer, "displayName", LongestText),
            Mail = Text(answer, "mail", LongestMail),
            Groups = Groups(plugin, name, answer),
            MayBeNew = !answer.TryGetProperty("create", out var create) || create.ValueKind != JsonValueKind.False,
        }, Moment(answer));

        string? Text(JsonElement all, string what, int longest) => !all.TryGetProperty(what, out var value) || value.ValueKind == JsonValueKind.Null ? null : Clean(value, longest) ?? throw Wrong(name, $"answers with a '{what}' that is no text of at most {longest} characters that can be seen");
    }

    /// <summary>Where a browser is to be sent.</summary>
    public static RedirectBegun ReadBegun(string name, JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("redirect", out var redirect) || redirect.ValueKind != JsonValueKind.String || !Uri.TryCreate(redirect.GetString(), UriKind.Absolute, out var address))
            throw Wrong(name, "does not say where browsers are to be sent");
        if (!answer.TryGetProperty("memo", out var memo) || memo.ValueKind == JsonValueKind.Null)
            return new(address, null);
        return memo.ValueKind == JsonValueKind.String && memo.GetString() is { Length: <= LongestMemo } kept ? new(address, kept) : throw Wrong(name, $"wants more kept than a text of {LongestMemo} characters");
    }

    private static ImmutableArray<DirectoryGroup> Groups(string plugin, string name, JsonElement answer)
    {
        if (!answer.TryGetProperty("groups", out var all) || all.ValueKind == JsonValueKind.Null)
            return [];
        if (all.ValueKind != JsonValueKind.Array || all.GetArrayLength() > MostGroups)
            throw Wrong(name, $"answers with 'groups' that are no list of at most {MostGroups}");
        return
        [
            .. all.EnumerateArray().Select(one => one.ValueKind == JsonValueKind.Object
                ? (Id: one.TryGetProperty("id", out var id) ? Clean(id, LongestSubject) : null, Name: one.TryGetProperty("name", out var called) ? Clean(called, LongestText) : null)
                : (Id: Clean(one, LongestText), Name: Clean(one, LongestText)))
                .Select(one => one is { Id: { } id, Name: { } called } ? new DirectoryGroup(PluginSources.Named(plugin, id), "", called) : throw Wrong(name, "answers with a group that is no text, or has no 'id' and 'name'"))
                .DistinctBy(group => group.Id).OrderBy(group => group.Id, StringComparer.Ordinal),
        ];
    }

    private static DateTimeOffset? Moment(JsonElement answer) =>
        answer.TryGetProperty("proven", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) && seconds is > 0 and < 253_402_300_799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static string? Clean(JsonElement value, int longest) =>
        value.ValueKind == JsonValueKind.String && value.GetString()!.Trim() is { Length: > 0 } text && text.Length <= longest && !text.Any(char.IsControl) ? text : null;

    private static string Printable(string text, int longest) => string.Concat(text.Take(longest).Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();

    private static ProviderException Wrong(string name, string what) => new($"{name} {what}. Its author has to change that.");
}
