using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Accounts.Providers;

namespace XoBlazor.App.Accounts.Oidc;

/// <summary>Who claims speak of, and whether the settings let them in.</summary>
internal static class OidcPerson
{
    private const int LongestText = 256;
    private const int LongestMail = 254;
    private const int MostGroups = 1000;

    /// <param name="claims">Of the token first, then of the provider's other answer: what one does not have, the next may.</param>
    public static RedirectAnswer Read(OidcSettings settings, IReadOnlyList<JsonElement> claims)
    {
        var subject = OidcTokenCheck.Text(claims[0], "sub")!;
        if (Find(claims, settings.NameClaim) is not { ValueKind: JsonValueKind.String } named || Clean(named.GetString(), LongestText) is not { } name)
            return Refused($"it does not say what you are called ({settings.NameClaim})", $"there is no claim '{settings.NameClaim}' for the name; the settings may name another one");
        var mail = Find(claims, settings.MailClaim) is { ValueKind: JsonValueKind.String } address ? Clean(address.GetString(), LongestMail) : null;
        if (!settings.AllowedDomains.IsEmpty && !IsOfDomain(settings, claims, mail))
            return Refused("your mail address is of none of the domains that may sign in here, or nobody has verified it", $"the mail address of {name} is not verified, or of another domain");

        if (HasMoreGroupsElsewhere(settings, claims))
            return Refused("it does not tell all of your groups, because there are too many", $"the token of {name} leaves the groups out; have the provider send only those that matter here");
        if (Groups(settings, claims) is not { } groups)
            return Refused($"your groups cannot be read ({settings.GroupsClaim})", $"the claim '{settings.GroupsClaim}' is not a list of at most {MostGroups} texts");
        if (!settings.AllowedGroups.IsEmpty && !groups.Any(settings.AllowedGroups.Contains))
            return Refused("you are in none of the groups that may sign in here", $"{name} is in none of the groups that may sign in");

        // The issuer belongs to it: another one, entered later, must not speak for people and groups of this one.
        var issuer = settings.Issuer.OriginalString;
        return new RedirectAnswer.Accepted(new ProvenPerson
        {
            Id = $"{issuer} {subject}",
            Name = name,
            DisplayName = Find(claims, settings.DisplayNameClaim) is { ValueKind: JsonValueKind.String } display ? Clean(display.GetString(), LongestText) : null,
            Mail = mail,
            Groups = [.. groups.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(group => new DirectoryGroup($"{issuer} {group}", "", group))],
            MayBeNew = settings.MakesAccounts,
        }, OidcTokenCheck.Moment(claims[0], "auth_time"));
    }

    private static bool IsOfDomain(OidcSettings settings, IReadOnlyList<JsonElement> claims, string? mail) =>
        mail?.LastIndexOf('@') is > 0 and var at
        && settings.AllowedDomains.Contains(mail[(at + 1)..], StringComparer.OrdinalIgnoreCase)
        && Find(claims, "email_verified") is { } verified && (verified.ValueKind == JsonValueKind.True || (verified.ValueKind == JsonValueKind.String && verified.GetString() == "true"));

    /// <summary>Null for what is no list of groups.</summary>
    private static List<string>? Groups(OidcSettings settings, IReadOnlyList<JsonElement> claims)
    {
        if (settings.GroupsClaim.Length == 0 || Find(claims, settings.GroupsClaim) is not { } found)
            return [];
        if (found.ValueKind == JsonValueKind.String)
            return Clean(found.GetString(), LongestText) is { } one ? [one] : null;
        if (found.ValueKind != JsonValueKind.Array || found.GetArrayLength() > MostGroups)
            return null;
        var groups = new List<string>();
        foreach (var item in found.EnumerateArray())
            if (item.ValueKind != JsonValueKind.String || Clean(item.GetString(), LongestText) is not { } group)
                return null;
            else
                groups.Add(group);
        return groups;
    }

    // As OpenID Connect has it for claims that did not fit.
    private static bool HasMoreGroupsElsewhere(OidcSettings settings, IReadOnlyList<JsonElement> claims) => settings.GroupsClaim.Length > 0
        && claims.Any(all => all.TryGetProperty("_claim_names", out var elsewhere) && elsewhere.ValueKind == JsonValueKind.Object && elsewhere.TryGetProperty(settings.GroupsClaim, out _))
        && Find(claims, settings.GroupsClaim) is null;

    private static JsonElement? Find(IReadOnlyList<JsonElement> claims, string name)
    {
        foreach (var all in claims)
            if (Find(all, name) is { } found)
                return found;
        return null;
    }

    private static JsonElement? Find(JsonElement all, string name)
    {
        if (all.ValueKind != JsonValueKind.Object || name.Length == 0)
            return null;
        if (all.TryGetProperty(name, out var found))
            return found.ValueKind == JsonValueKind.Null ? null : found;
        return name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && all.TryGetProperty(name[..dot], out var inner) ? Find(inner, name[(dot + 1)..]) : null;
    }

    private static string? Clean(string? text, int longest) => text?.Trim() is { Length: > 0 } clean && clean.Length <= longest && !clean.Any(char.IsControl) ? clean : null;

    private static RedirectAnswer.Refused Refused(string words, string reason) => new($"{words}. Ask an administrator.", $"{reason}.");
}
