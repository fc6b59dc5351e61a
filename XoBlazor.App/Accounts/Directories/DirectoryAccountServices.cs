using XoBlazor.App.Accounts.Ldap;
using XoBlazor.Core.Plugins.BuiltIn;

namespace XoBlazor.App.Accounts.Directories;

/// <summary>Registers what keeps directories, their accounts and groups.</summary>
internal static class DirectoryAccountServices
{
    public static void AddDirectoryAccounts(this IServiceCollection services)
    {
        services.AddDirectories(provider => provider.GetRequiredService<DirectoryStore>().SecretAsync);
        services.AddOptions<DirectorySyncOptions>().BindConfiguration(DirectorySyncOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<DirectoryStore>();
        services.AddSingleton<DirectoryAccounts>();
        services.AddSingleton<DirectorySyncRunner>();
        services.AddSingleton<DirectoryAdministration>();
        services.AddSingleton<DirectoryProviders>();
        services.AddSingleton<IBuiltInPlugin, LdapBuiltIn>();
        services.AddHostedService<DirectorySyncLoop>();
    }
}
