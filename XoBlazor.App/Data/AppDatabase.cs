using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace XoBlazor.App.Data;

/// <summary>
/// Accounts, sessions, pools and settings. Plain EF Core: nothing here knows which database is underneath, except that SQLite
/// keeps times as text, which is why they are converted to numbers that sort.
/// </summary>
public sealed class AppDatabase(DbContextOptions<AppDatabase> options) : IdentityDbContext<Account, IdentityRole<Guid>, Guid>(options)
{
    /// <summary>Who is signed in where.</summary>
    public DbSet<SignInSession> Sessions => Set<SignInSession>();

    /// <summary>The pools to connect to.</summary>
    public DbSet<PoolEntry> Pools => Set<PoolEntry>();

    /// <summary>Settings made in the console.</summary>
    public DbSet<SettingEntry> Settings => Set<SettingEntry>();

    /// <inheritdoc/>
    protected override Version SchemaVersion => IdentitySchemaVersions.Version3;

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<SignInSession>(session =>
        {
            session.ToTable("Sessions");
            session.HasOne<Account>().WithMany().HasForeignKey(one => one.AccountId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<PoolEntry>().ToTable("Pools");
        builder.Entity<SettingEntry>(setting => setting.ToTable("Settings").HasKey(one => one.Name));
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<DateTimeOffsetToBinaryConverter>();
}
