using System.Text.Json;
using System.Text.Json.Serialization;
using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Accounts.Ldap.Protocol;
using XoBlazor.App.Administration;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Components.Settings.Directories;

/// <summary>A directory's settings as fields to type into.</summary>
public sealed class DirectoryForm
{
    // A number field may hold what is none.
    private static readonly JsonSerializerOptions s_print = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private DirectorySettings _base;
    private string _begun;
    private string _kept;

    internal DirectoryForm(DirectorySettings settings)
    {
        _base = settings;
        Name = settings.Name;
        Servers = string.Join('\n', settings.Uris);
        Protection = settings.StartTls ? "starttls" : settings.AllowPlain ? "plain" : "ldaps";
        CheckCertificate = settings.CheckCertificate;
        CaPem = settings.CaPem ?? "";
        CaFile = settings.CaFile ?? "";
        ServiceAccount = settings.ServiceAccount ?? "";
        UserBase = settings.UserBase;
        UserFilter = settings.UserFilter;
        IdAttribute = settings.IdAttribute;
        NameAttribute = settings.NameAttribute;
        DisplayNameAttribute = settings.DisplayNameAttribute;
        MailAttribute = settings.MailAttribute;
        HasGroups = settings.Groups is not null;
        var groups = settings.Groups ?? new() { Base = settings.UserBase, IdAttribute = settings.IdAttribute };
        GroupBase = groups.Base;
        GroupFilter = groups.Filter;
        GroupIdAttribute = groups.IdAttribute;
        GroupNameAttribute = groups.NameAttribute;
        Lookup = groups.Lookup.ToString();
        GroupAttribute = groups.GroupAttribute;
        UserAttribute = groups.UserAttribute;
        MemberOfAttribute = groups.MemberOfAttribute;
        Nesting = groups.Nesting.ToString();
        Primary = groups.Primary.ToString();
        FollowReferrals = settings.FollowReferrals;
        ConnectSeconds = settings.ConnectTimeout.TotalSeconds;
        AnswerSeconds = settings.AnswerTimeout.TotalSeconds;
        SignInSeconds = settings.SignInTimeout.TotalSeconds;
        PageSize = settings.PageSize;
        Mappings = [.. settings.Mappings.Select(mapping => new MappingForm(mapping))];
        _begun = _kept = Print();
    }

    /// <summary>Something was typed that is not saved.</summary>
    [JsonIgnore]
    public bool IsChanged => Print() != _begun;

    public string Name { get; set; }

    /// <summary>One URI a line.</summary>
    public string Servers { get; set; }

    /// <summary>What <c>ldap://</c> servers do: <c>starttls</c>, <c>ldaps</c> (such servers are refused) or <c>plain</c>.</summary>
    public string Protection { get; set; }

    public bool CheckCertificate { get; set; }

    public string CaPem { get; set; }

    public string CaFile { get; set; }

    public string ServiceAccount { get; set; }

    /// <summary>What was typed; null leaves the one that is kept.</summary>
    public string? Password { get; set; }

    public string UserBase { get; set; }

    public string UserFilter { get; set; }

    public string IdAttribute { get; set; }

    public string NameAttribute { get; set; }

    public string DisplayNameAttribute { get; set; }

    public string MailAttribute { get; set; }

    public bool HasGroups { get; set; }

    public string GroupBase { get; set; }

    public string GroupFilter { get; set; }

    public string GroupIdAttribute { get; set; }

    public string GroupNameAttribute { get; set; }

    public string Lookup { get; set; }

    public string GroupAttribute { get; set; }

    public string UserAttribute { get; set; }

    public string MemberOfAttribute { get; set; }

    public string Nesting { get; set; }

    public string Primary { get; set; }

    public bool FollowReferrals { get; set; }

    public double ConnectSeconds { get; set; }

    public double AnswerSeconds { get; set; }

    public double SignInSeconds { get; set; }

    public int PageSize { get; set; }

    public List<MappingForm> Mappings { get; }

    /// <summary>The settings of the fields. Fails with <see cref="AdministrationRefusedException"/> where a number or a rule makes no sense.</summary>
    internal DirectorySettings Read()
    {
        if (PageSize is < 0 or > 10_000 || new[] { ConnectSeconds, AnswerSeconds, SignInSeconds }.Any(seconds => !(seconds is >= 0.5 and <= 300)))
            throw new AdministrationRefusedException("Time-outs lie between half a second and 300 seconds, and a page has at most 10000 entries.");
        return _base with
        {
            Name = Name.Trim(),
            Uris = [.. Servers.Split((char[])['\n', '\r', ' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
            StartTls = Protection == "starttls",
            AllowPlain = Protection == "plain",
            CheckCertificate = CheckCertificate,
            CaPem = Blank(CaPem),
            CaFile = Blank(CaFile),
            ServiceAccount = Blank(ServiceAccount),
            UserBase = UserBase.Trim(),
            UserFilter = UserFilter.Trim(),
            IdAttribute = IdAttribute.Trim(),
            NameAttribute = NameAttribute.Trim(),
            DisplayNameAttribute = DisplayNameAttribute.Trim(),
            MailAttribute = MailAttribute.Trim(),
            Groups = HasGroups ? ReadGroups() : null,
            FollowReferrals = FollowReferrals,
            ConnectTimeout = TimeSpan.FromSeconds(ConnectSeconds),
            AnswerTimeout = TimeSpan.FromSeconds(AnswerSeconds),
            SignInTimeout = TimeSpan.FromSeconds(SignInSeconds),
            PageSize = PageSize,
            Mappings = [.. Mappings.Where(mapping => mapping.Group.Trim().Length > 0).Select(mapping => mapping.Read())],
        };
    }

    /// <summary>The fields are what is kept now.</summary>
    internal void Saved(DirectorySettings settings)
    {
        (_base, Password) = (settings, null);
        (_begun, _kept) = (Print(), new DirectoryForm(settings)._kept);
    }

    /// <summary>Whether these are the settings that the fields were filled with, as far as there are fields for them.</summary>
    internal bool BeganWith(DirectorySettings settings) => new DirectoryForm(settings)._kept == _kept;

    private string Print() => JsonSerializer.Serialize(this, s_print);

    private DirectoryGroupSettings ReadGroups() => (_base.Groups ?? new() { Base = "", IdAttribute = "" }) with
    {
        Base = GroupBase.Trim(),
        Filter = GroupFilter.Trim(),
        IdAttribute = GroupIdAttribute.Trim(),
        NameAttribute = GroupNameAttribute.Trim(),
        Lookup = Enum.Parse<GroupLookup>(Lookup),
        GroupAttribute = GroupAttribute.Trim(),
        UserAttribute = UserAttribute.Trim(),
        MemberOfAttribute = MemberOfAttribute.Trim(),
        Nesting = Enum.Parse<GroupNesting>(Nesting),
        Primary = Enum.Parse<PrimaryGroup>(Primary),
    };

    private static string? Blank(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>What members of one of the directory's groups get, as fields.</summary>
public sealed class MappingForm
{
    private const string RolePrefix = "role:";
    private const string GroupPrefix = "group:";

    private readonly string? _otherScope;

    public MappingForm()
    {
    }

    internal MappingForm(DirectoryGroupMapping mapping)
    {
        Group = mapping.Group;
        Target = mapping.Target switch
        {
            DirectoryGroupTarget.Role role => RolePrefix + role.RoleId,
            DirectoryGroupTarget.LocalGroup group => GroupPrefix + group.GroupId.ToString("D"),
            _ => throw new ArgumentOutOfRangeException(nameof(mapping)),
        };
        if (mapping.Target is not DirectoryGroupTarget.Role { Scope: { } scope })
            return;
        if (ScopeText.Read(scope) is AccessScope.OfVms rule)
            Rule = rule.Filter;
        else if (ScopeText.Read(scope) is not AccessScope.Everything)
            _otherScope = scope;
    }

    /// <summary>The group's distinguished name or its lasting id.</summary>
    public string Group { get; set; } = "";

    /// <summary><c>role:ID</c> or <c>group:ID</c>.</summary>
    public string Target { get; set; } = RolePrefix + Role.Viewer.Id;

    /// <summary>Which VMs a role is for, in the filter language; empty for everything.</summary>
    public string Rule { get; set; } = "";

    public bool IsRole => Target.StartsWith(RolePrefix, StringComparison.Ordinal);

    internal DirectoryGroupMapping Read()
    {
        if (!IsRole)
            return new(Group.Trim(), new DirectoryGroupTarget.LocalGroup(Guid.Parse(Target.AsSpan(GroupPrefix.Length))));
        var rule = Rule.Trim();
        if (rule.Length > 0 && !AccessScope.OfVms.TryCreate(rule, null, out _, out var error))
            throw new AdministrationRefusedException($"The rule '{rule}' for {Group} cannot be used: {error.Message}");
        return new(Group.Trim(), new DirectoryGroupTarget.Role(Target[RolePrefix.Length..], rule.Length > 0 ? ScopeText.Write(new AccessScope.OfVms(rule)) : _otherScope));
    }
}
