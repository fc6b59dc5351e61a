using System.Collections.Immutable;
using System.Text.Json.Serialization;
using XoBlazor.App.Accounts.Ldap.Protocol;
using XoBlazor.App.Accounts.Providers;

namespace XoBlazor.App.Accounts.Ldap;

/// <summary>One directory as its administrator has set it up. Holds no secret: the service account's password comes from <see cref="ResolveSecret"/>.</summary>
internal sealed record DirectorySettings
{
    /// <summary>Stays when everything else is edited; accounts are linked by it and their immutable id.</summary>
    public required Guid Id { get; init; }

    /// <summary>What people call it; every message about it begins with this.</summary>
    public required string Name { get; init; }

    public bool IsEnabled { get; init; } = true;

    /// <summary>The directory as whoever keeps its accounts knows it.</summary>
    [JsonIgnore]
    public AccountSource Source => new(Id, Name) { Mappings = Mappings };

    /// <summary>Servers that hold the same content, <c>ldap://host[:port]</c> or <c>ldaps://host[:port]</c>, asked in this order.</summary>
    public required ImmutableArray<string> Uris { get; init; }

    /// <summary>Whether TLS is begun on <c>ldap://</c> servers before anything else is said.</summary>
    public bool StartTls { get; init; } = true;

    /// <summary>The explicit word that names and passwords may go over <c>ldap://</c> unprotected when <see cref="StartTls"/> is off.</summary>
    public bool AllowPlain { get; init; }

    /// <summary>PEM text of the authorities to trust instead of the system's.</summary>
    public string? CaPem { get; init; }

    /// <summary>A PEM file on this machine, read at every connection, instead of <see cref="CaPem"/>.</summary>
    public string? CaFile { get; init; }

    /// <summary>False takes any certificate: whoever sits on the way reads every password. Deserves a permanent warning.</summary>
    public bool CheckCertificate { get; init; } = true;

    /// <summary>The DN (with Active Directory also user@domain) that searches; null searches as nobody.</summary>
    public string? ServiceAccount { get; init; }

    public required string UserBase { get; init; }

    public LdapScope UserScope { get; init; } = LdapScope.Subtree;

    /// <summary>RFC 4515 with <c>{name}</c> where the name goes that a person typed.</summary>
    public required string UserFilter { get; init; }

    /// <summary>An attribute that never changes and is never given to another: entryUUID, objectGUID, ipaUniqueID.</summary>
    public required string IdAttribute { get; init; }

    public required string NameAttribute { get; init; }

    public string DisplayNameAttribute { get; init; } = "cn";

    public string MailAttribute { get; init; } = "mail";

    /// <summary>Where groups are; null when the directory's groups do not matter.</summary>
    public DirectoryGroupSettings? Groups { get; init; }

    public ImmutableArray<DirectoryGroupMapping> Mappings { get; init; } = [];

    /// <summary>Whether other servers that this one points to are asked too, with the same TLS, check and service account.</summary>
    public bool FollowReferrals { get; init; }

    /// <summary>For name look-up, connecting and TLS of one server.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>For one answer.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>For everything this directory does for one sign-in, its fail-over included.</summary>
    public TimeSpan SignInTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Entries a page; 0 turns paging off.</summary>
    public int PageSize { get; init; } = 500;
}
