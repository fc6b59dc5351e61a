using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Hosting;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Pools;

namespace XoBlazor.App.Data;

/// <summary>Registers the database and the keys that seal its secrets.</summary>
internal static class DataServices
{
    public static void AddDatabase(this WebApplicationBuilder builder, DataDirectory data)
    {
        builder.AddKeyRing(data);
        builder.Services.AddDbContextFactory<AppDatabase>(options => options.UseSqlite(DatabaseStart.ConnectionString(data)));
        builder.Services.AddSingleton<DatabaseStart>();
        builder.Services.AddSingleton<IPoolSettingsStore, PoolSettingsStore>();
        builder.Services.AddLeftovers<LeftoverStore>();
        builder.Services.AddRollingRuns<RollingStore>();
        builder.Services.AddCatalogue<CatalogueSettingsStore>(data.CatalogueFolder);
        builder.Services.AddTransferStore<TransferStore>();
        builder.Services.AddSingleton<IReadinessCheck, DatabaseReadiness>();
    }
}
