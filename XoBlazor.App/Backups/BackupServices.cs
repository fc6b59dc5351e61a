namespace XoBlazor.App.Backups;

/// <summary>What a running server does for backups: it gives way to a restore.</summary>
internal static class BackupServices
{
    public static void AddBackups(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PendingRestore>();
        builder.Services.AddSingleton<RestoreLoop>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RestoreLoop>());
    }
}
