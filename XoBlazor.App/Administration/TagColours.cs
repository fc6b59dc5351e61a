using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;

namespace XoBlazor.App.Administration;

/// <summary>The colours that Xen Orchestra's clients show tags in. Changes are recorded; refusals come as <see cref="AdministrationRefusedException"/>. Safe from any thread.</summary>
internal sealed partial class TagColours(IDbContextFactory<AppDatabase> databases, AdministrationRunner runner)
{
    private const int LongestTag = 256;
    private const int Most = 1000;
    private const string Prefix = "tag-colour/";

    /// <summary>Each tag that has one, with its colour (<c>#d1605e</c>), by name.</summary>
    public async Task<IReadOnlyList<KeyValuePair<string, string>>> AllAsync(CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        var entries = await database.Settings.AsNoTracking().Where(one => EF.Functions.Like(one.Name, Prefix + "%")).OrderBy(one => one.Name).ToListAsync(token);
        return [.. entries.Select(one => KeyValuePair.Create(one.Name[Prefix.Length..], one.Value))];
    }

    /// <param name="colour">Null takes it away.</param>
    public Task SetAsync(Requester requester, string tag, string? colour, CancellationToken token)
    {
        var act = new AdministrationAct(AdministrationRights.TagColours, AuditCategory.Setting, "tag.set-colour", new("tag", null, tag, tag)).With("colour", colour);
        return runner.RunAsync(requester, act, async inner =>
        {
            if (tag.Length is 0 or > LongestTag || tag.Any(char.IsControl))
                throw new AdministrationRefusedException($"A tag has at most {LongestTag} characters that can be seen.");
            if (colour is not null && !Colour().IsMatch(colour))
                throw new AdministrationRefusedException("A colour is a # and six hexadecimal digits, such as #d1605e.");
            await using var database = await databases.CreateDbContextAsync(inner);
            var entry = await database.Settings.SingleOrDefaultAsync(one => one.Name == Prefix + tag, inner);
            if (colour is null)
                database.Settings.RemoveRange(entry is null ? [] : [entry]);
            else if (entry is not null)
                entry.Value = colour;
            else if (await database.Settings.CountAsync(one => EF.Functions.Like(one.Name, Prefix + "%"), inner) >= Most)
                throw new AdministrationRefusedException($"{Most} tags have a colour already. Take some away first.");
            else
                database.Settings.Add(new SettingEntry { Name = Prefix + tag, Value = colour });
            await database.SaveChangesAsync(inner);
        }, token);
    }

    [GeneratedRegex("^#[0-9A-Fa-f]{6}$")]
    private static partial Regex Colour();
}
