using XoBlazor.App.Accounts.Directories;
using XoBlazor.App.Administration;

namespace XoBlazor.Tests.Security.Support;

/// <summary>The ids of what somebody else has: an account with a session and a token, its group, that group's role and grant, a directory, and a configuration for cloud-init.</summary>
internal sealed record Others(Guid Account, Guid Session, Guid Token, Guid Group, string Role, Guid Grant, Guid Directory, Guid CloudConfig)
{
    /// <summary>What a service of administration calls its id.</summary>
    public Guid IdFor(Type service) =>
        service == typeof(UserAdministration) ? Account
        : service == typeof(GroupAdministration) ? Group
        : service == typeof(GrantAdministration) ? Grant
        : service == typeof(ApiTokens) ? Token
        : service == typeof(DirectoryAdministration) ? Directory
        : service == typeof(CloudConfigs) ? CloudConfig
        : service == typeof(NotificationAdministration) ? Guid.NewGuid()
        : throw new InvalidOperationException($"Say here what the ids of {service.Name} are.");
}
