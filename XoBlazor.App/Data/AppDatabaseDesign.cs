using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace XoBlazor.App.Data;

/// <summary>Lets <c>dotnet ef migrations add</c> see the model as the server does, without starting one.</summary>
internal sealed class AppDatabaseDesign : IDesignTimeDbContextFactory<AppDatabase>
{
    public AppDatabase CreateDbContext(string[] args)
    {
        var services = new ServiceCollection();
        services.Configure<IdentityOptions>(identity => identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
        services.AddDbContext<AppDatabase>(options => options.UseSqlite("Data Source=design-time.db"));
        return services.BuildServiceProvider().GetRequiredService<AppDatabase>();
    }
}
