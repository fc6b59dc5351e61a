using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace XoBlazor.App.Data;

/// <summary>Lets <c>dotnet ef migrations add</c> see the model as the server does, without starting one.</summary>
internal sealed class AppDatabaseDesign : IDesignTimeDbContextFactory<AppDatabase>
{
    public AppDatabase CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<AppDatabase>().UseSqlite("Data Source=design-time.db").Options);
}
