namespace XoBlazor.App.Accounts.Providers;

/// <summary>Registers who may vouch for people besides this server's own passwords.</summary>
internal static class ProviderServices
{
    public static void AddProviders(this IServiceCollection services)
    {
        services.AddSingleton<SignInProviders>();
        services.AddSingleton<PendingRedirects>();
        services.AddScoped<RedirectSignIn>();
    }
}
