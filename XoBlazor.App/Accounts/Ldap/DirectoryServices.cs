using Microsoft.Extensions.DependencyInjection.Extensions;
using XoBlazor.App.Accounts.Ldap.Protocol;

namespace XoBlazor.App.Accounts.Ldap;

/// <summary>Registers what signs people in with their directory accounts.</summary>
internal static class DirectoryServices
{
    /// <summary>The service accounts' passwords come from <paramref name="secret"/>, whoever keeps them sealed.</summary>
    public static IServiceCollection AddDirectories(this IServiceCollection services, Func<IServiceProvider, ResolveSecret> secret)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(secret);
        services.AddSingleton<IDirectoryClient, LdapClient>();
        services.AddSingleton<DirectoryHealth>();
        services.AddSingleton<DirectoryDialer>();
        services.AddSingleton<DirectorySignIn>();
        services.AddSingleton<DirectorySync>();
        services.AddSingleton<DirectoryTest>();
        return services;
    }
}
