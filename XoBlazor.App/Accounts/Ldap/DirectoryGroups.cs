using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using XoBlazor.App.Accounts.Ldap.Protocol;

namespace XoBlazor.App.Accounts.Ldap;

/// <summary>The groups of a person, asked of the directory at this moment and kept nowhere; the list of all, and those to choose from.</summary>
internal static class DirectoryGroups
{
    /// <summary>Groups one person may be in; more fail with words rather than be cut.</summary>
    public const int Most = 10_000;

    private const string ChainRule = "1.2.840.113556.1.4.1941";
    private const int Deepest = 32;
    private const int AtOnce = 50;

    /// <summary>What has to be read of users to find their groups.</summary>
    public static IEnumerable<string> AttributesOfUsers(DirectoryGroupSettings groups)
    {
        if (!IsDn(groups))
            yield return groups.UserAttribute;
        if (groups.Lookup == GroupLookup.InUser)
            yield return groups.MemberOfAttribute;
        if (groups.Primary == PrimaryGroup.GidNumber)
            yield return "gidNumber";
        if (groups.Primary == PrimaryGroup.Rid)
        {
            yield return "objectSid";
            yield return "primaryGroupID";
        }
    }

    /// <summary>All groups the directory shows, page by page.</summary>
    public static async IAsyncEnumerable<DirectoryGroup> ListAsync(DirectorySession session, [EnumeratorCancellation] CancellationToken token)
    {
        if (session.Directory.Groups is not { } groups)
            yield break;
        await foreach (var (entry, _) in session.SearchAsync(Search(session.Directory, groups, FilterOf(session.Directory, groups)), token))
            if (Read(groups, entry) is { } group)
                yield return group;
    }

    /// <summary>Groups with a text in their name, by name, at most so many; and whether the directory has more.</summary>
    public static async Task<GroupMatches> FindAsync(DirectorySession session, string text, int most, CancellationToken token)
    {
        if (session.Directory.Groups is not { } groups)
            return new([], HasMore: false);

        var named = new LdapFilter.Substrings(groups.NameAttribute, default, [Encoding.UTF8.GetBytes(text)], default);
        var search = Search(session.Directory, groups, LdapFilter.All(FilterOf(session.Directory, groups), named)) with { SizeLimit = most + 1, PageSize = 0 };
        var found = new List<DirectoryGroup>();
        var hasMore = false;
        try
        {
            await foreach (var (entry, _) in session.SearchAsync(search, token))
            {
                hasMore = found.Count == most;
                if (hasMore)
                    break;
                if (Read(groups, entry) is { } group)
                    found.Add(group);
            }
        }
        catch (LdapResultException e) when (e.Code == LdapResultCode.SizeLimitExceeded)
        {
            hasMore = true;
        }

        return new([.. found.OrderBy(group => group.Name, StringComparer.OrdinalIgnoreCase)], hasMore);
    }

    /// <summary>The groups of a user whose entry was read with <see cref="AttributesOfUsers"/>.</summary>
    public static async Task<ImmutableArray<DirectoryGroup>> OfAsync(DirectorySession session, LdapEntry user, CancellationToken token)
    {
        if (session.Directory.Groups is not { } groups)
            return [];

        var walk = new Walk(session, groups, FilterOf(session.Directory, groups));
        var fresh = groups.Lookup == GroupLookup.InUser
            ? await walk.AddNamedAsync(await RangedValues.AllAsync(session.Main, user, groups.MemberOfAttribute, token), token)
            : await walk.AddContainingAsync(IsDn(groups) ? [Encoding.UTF8.GetBytes(user.Dn)] : user.Values(groups.UserAttribute), token);
        if (PrimaryFilter(groups, user) is { } primary)
        {
            var found = await walk.AddAsync(primary, token);
            fresh.AddRange(found);
            if (groups.Nesting == GroupNesting.ChainRule)
                await walk.AddContainingAsync(Dns(found), token);
        }

        // Breadth first: each round asks for the groups that contain those found in the round before, and none twice.
        for (var depth = 0; groups.Nesting == GroupNesting.Walk && fresh.Count > 0; depth++)
        {
            if (depth == Deepest)
                throw new DirectoryException(DirectoryTrouble.Doubtful, $"{session.Directory.Name}: groups lie within groups deeper than {Deepest}. Turn nested groups off, or flatten them.");
            fresh = await walk.AddContainingAsync(Dns(fresh), token);
        }

        return walk.Groups;
    }

    private static LdapFilter? PrimaryFilter(DirectoryGroupSettings groups, LdapEntry user)
    {
        switch (groups.Primary)
        {
            case PrimaryGroup.Rid when uint.TryParse(user.Text("primaryGroupID"), NumberStyles.None, CultureInfo.InvariantCulture, out var rid)
                    && user.Values("objectSid") is [var sid] && ImmutableId.PrimaryGroupSid(sid, rid) is { } group:
                return new LdapFilter.Equality("objectSid", group);
            case PrimaryGroup.GidNumber when user.Text("gidNumber") is { } number:
                return LdapFilter.Is("gidNumber", number);
            default:
                return null;
        }
    }

    private static LdapFilter FilterOf(DirectorySettings directory, DirectoryGroupSettings groups)
    {
        try
        {
            return LdapFilter.Parse(groups.Filter);
        }
        catch (FormatException e)
        {
            throw new DirectoryException(DirectoryTrouble.Settings, $"{directory.Name}: group filter: {e.Message}", e);
        }
    }

    private static LdapSearch Search(DirectorySettings directory, DirectoryGroupSettings groups, LdapFilter filter) => new()
    {
        Base = groups.Base,
        Scope = groups.Scope,
        Filter = filter,
        Attributes = [groups.IdAttribute, groups.NameAttribute],
        PageSize = directory.PageSize,
    };

    // A group without id or name can be given nothing and is left out.
    private static DirectoryGroup? Read(DirectoryGroupSettings groups, LdapEntry entry) =>
        ImmutableId.Of(entry, groups.IdAttribute) is { } id
        && entry.Text(groups.NameAttribute) is { } name && LdapWords.Printable(name, DirectoryUsers.LongestName) is { Length: > 0 } line
            ? new DirectoryGroup(id, entry.Dn, line)
            : null;

    private static bool IsDn(DirectoryGroupSettings groups) =>
        groups.UserAttribute.Equals(DirectoryGroupSettings.Dn, StringComparison.OrdinalIgnoreCase)
        || groups.UserAttribute.Equals("distinguishedName", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<byte[]> Dns(IEnumerable<DirectoryGroup> groups) => groups.Select(group => Encoding.UTF8.GetBytes(group.Dn));

    private sealed class Walk(DirectorySession session, DirectoryGroupSettings settings, LdapFilter filter)
    {
        private readonly Dictionary<string, DirectoryGroup> _found = new(StringComparer.Ordinal);

        public ImmutableArray<DirectoryGroup> Groups => [.. _found.Values.OrderBy(group => group.Id, StringComparer.Ordinal)];

        /// <summary>Groups that list one of these members, by the server's chain rule where that is wanted; returns those not known before.</summary>
        public async Task<List<DirectoryGroup>> AddContainingAsync(IEnumerable<byte[]> members, CancellationToken token)
        {
            var fresh = new List<DirectoryGroup>();
            foreach (var some in members.Where(member => member.Length > 0).Chunk(AtOnce))
                fresh.AddRange(await AddAsync(LdapFilter.AnyOf(some.Select(Lists)), token));
            return fresh;
        }

        /// <summary>Groups by their DN: each is read by itself, so that base and filter are the directory's to apply.</summary>
        public async Task<List<DirectoryGroup>> AddNamedAsync(IReadOnlyCollection<byte[]> names, CancellationToken token)
        {
            if (names.Count > Most)
                throw TooMany();

            var fresh = new List<DirectoryGroup>();
            var within = DistinguishedName.Key(settings.Base);
            foreach (var name in names)
            {
                var dn = Encoding.UTF8.GetString(name);
                if (!DistinguishedName.Key(dn).EndsWith(within, StringComparison.Ordinal))
                    continue;
                try
                {
                    fresh.AddRange(await TakeAsync(Search(session.Directory, settings, filter) with { Base = dn, Scope = LdapScope.Base, PageSize = 0 }, token));
                }
                catch (LdapResultException e) when (e.Code is LdapResultCode.NoSuchObject or LdapResultCode.InvalidDnSyntax)
                {
                    // memberOf can name a group that is gone.
                }
            }

            return fresh;
        }

        public Task<List<DirectoryGroup>> AddAsync(LdapFilter condition, CancellationToken token) =>
            TakeAsync(Search(session.Directory, settings, LdapFilter.All(filter, condition)), token);

        private async Task<List<DirectoryGroup>> TakeAsync(LdapSearch search, CancellationToken token)
        {
            var fresh = new List<DirectoryGroup>();
            await foreach (var (entry, _) in session.SearchAsync(search, token))
                if (Read(settings, entry) is { } group && _found.TryAdd(group.Id, group))
                {
                    if (_found.Count > Most)
                        throw TooMany();
                    fresh.Add(group);
                }

            return fresh;
        }

        private LdapFilter Lists(byte[] member) => settings.Nesting == GroupNesting.ChainRule
            ? new LdapFilter.Extensible(ChainRule, settings.GroupAttribute, member, WithDnAttributes: false)
            : new LdapFilter.Equality(settings.GroupAttribute, member);

        private DirectoryException TooMany() =>
            new(DirectoryTrouble.Doubtful, $"{session.Directory.Name}: one user is in more than {Most} groups. Narrow the group base or filter.");
    }
}

/// <summary>Groups whose name fits what somebody types.</summary>
/// <param name="HasMore">More fit than are given here.</param>
internal sealed record GroupMatches(ImmutableArray<DirectoryGroup> Groups, bool HasMore);
