using XoBlazor.Core.Operations;

namespace XoBlazor.App.Administration;

/// <summary>Registers what changes the server itself: users, groups, roles, grants, tokens, pools and plugins, each judged and recorded.</summary>
internal static class AdministrationServices
{
    public static void AddAdministration(this IServiceCollection services)
    {
        foreach (var right in AdministrationRights.All)
            services.AddSingleton(right);
        services.AddSingleton<AccessPolicyFeed>();
        services.AddSingleton<LastAdministrator>();
        services.AddSingleton<AdministrationRunner>();
        services.AddSingleton<SubjectNames>();
        services.AddSingleton<AdministrationReader>();
        services.AddSingleton<UserAdministration>();
        services.AddSingleton<GroupAdministration>();
        services.AddSingleton<RoleAdministration>();
        services.AddSingleton<GrantAdministration>();
        services.AddSingleton<IMakersGrants, MakersGrants>();
        services.AddSingleton<PoolAdministration>();
        services.AddSingleton<CloudConfigs>();
        services.AddSingleton<TagColours>();
        services.AddSingleton<UpdateAdministration>();
        services.AddSingleton<ApiTokens>();
        services.AddSingleton<PluginAdministration>();
        services.AddSingleton<NotificationAdministration>();
    }
}
