using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace XoBlazor.App.Data;

/// <summary>
/// Accounts, sessions, pools and settings. Plain EF Core: nothing here knows which database is underneath, except that SQLite
/// keeps times as text, which is why they are converted to numbers that sort.
/// </summary>
public sealed class AppDatabase(DbContextOptions<AppDatabase> options) : IdentityUserContext<Account, Guid>(options)
{
    /// <summary>Who is signed in where.</summary>
    public DbSet<SignInSession> Sessions => Set<SignInSession>();

    /// <summary>The pools to connect to.</summary>
    public DbSet<PoolEntry> Pools => Set<PoolEntry>();

    /// <summary>Settings made in the console.</summary>
    public DbSet<SettingEntry> Settings => Set<SettingEntry>();

    /// <summary>Groups of people.</summary>
    public DbSet<GroupEntry> Groups => Set<GroupEntry>();

    /// <summary>Who is in which group.</summary>
    public DbSet<GroupMember> GroupMembers => Set<GroupMember>();

    /// <summary>Roles made in the console.</summary>
    public DbSet<RoleEntry> CustomRoles => Set<RoleEntry>();

    /// <summary>What roles ask for besides a password.</summary>
    public DbSet<RoleRequirement> RoleRequirements => Set<RoleRequirement>();

    /// <summary>Who was given what.</summary>
    public DbSet<GrantEntry> Grants => Set<GrantEntry>();

    /// <summary>What programs sign in with.</summary>
    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();

    /// <summary>The directories people may sign in through.</summary>
    public DbSet<DirectoryEntry> Directories => Set<DirectoryEntry>();

    /// <summary>What copies between pools have made and will take away again.</summary>
    public DbSet<LeftoverEntry> Leftovers => Set<LeftoverEntry>();

    /// <summary>Rolling reboots, those under way and the newest that ended.</summary>
    public DbSet<RollingEntry> RollingRuns => Set<RollingEntry>();
    /// <summary>Transfers that wait, run or have ended.</summary>
    public DbSet<TransferEntry> Transfers => Set<TransferEntry>();

    /// <summary>Installed plugins.</summary>
    public DbSet<PluginEntry> Plugins => Set<PluginEntry>();

    /// <summary>Their packages, apart from them: they are large, and needed when one is loaded.</summary>
    public DbSet<PluginPackageEntry> PluginPackages => Set<PluginPackageEntry>();

    /// <summary>What plugins keep themselves.</summary>
    public DbSet<PluginValueEntry> PluginValues => Set<PluginValueEntry>();

    /// <summary>Rules about notifications.</summary>
    public DbSet<NotificationRuleEntry> NotificationRules => Set<NotificationRuleEntry>();

    /// <summary>What they told of and remember.</summary>
    public DbSet<NotificationIncidentEntry> NotificationIncidents => Set<NotificationIncidentEntry>();

    /// <summary>Notifications on their way, and what became of them.</summary>
    public DbSet<NotificationMessageEntry> NotificationMessages => Set<NotificationMessageEntry>();

    /// <inheritdoc/>
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => IdentitySchema.Use(optionsBuilder);

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<SignInSession>(session =>
        {
            session.ToTable("Sessions");
            session.HasOne<Account>().WithMany().HasForeignKey(one => one.AccountId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<Account>().HasIndex(account => new { account.DirectoryId, account.DirectoryUserId }).IsUnique();
        builder.Entity<GroupEntry>(group =>
        {
            group.ToTable("Groups");
            group.HasIndex(one => new { one.DirectoryId, one.DirectoryGroupId }).IsUnique();
        });
        builder.Entity<GroupMember>(member =>
        {
            member.ToTable("GroupMembers").HasKey(one => new { one.GroupId, one.AccountId });
            member.HasOne<GroupEntry>().WithMany().HasForeignKey(one => one.GroupId).OnDelete(DeleteBehavior.Cascade);
            member.HasOne<Account>().WithMany().HasForeignKey(one => one.AccountId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<RoleEntry>().ToTable("CustomRoles");
        builder.Entity<RoleRequirement>().ToTable("RoleRequirements").HasKey(one => one.RoleId);
        builder.Entity<GrantEntry>(grant =>
        {
            grant.ToTable("Grants");
            grant.Property(one => one.SubjectKind).HasConversion<string>();
            grant.HasIndex(one => new { one.SubjectKind, one.SubjectId, one.RoleId, one.Scope }).IsUnique();
        });
        builder.Entity<ApiToken>(token =>
        {
            token.ToTable("ApiTokens");
            token.HasOne<Account>().WithMany().HasForeignKey(one => one.AccountId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<DirectoryEntry>().ToTable("Directories");
        builder.Entity<PoolEntry>().ToTable("Pools");
        builder.Entity<LeftoverEntry>().ToTable("Leftovers").HasKey(one => one.Mark);
        builder.Entity<RollingEntry>().ToTable("RollingRuns");
        builder.Entity<TransferEntry>(transfer =>
        {
            transfer.ToTable("Transfers").HasKey(one => one.Number);
            transfer.Property(one => one.Number).ValueGeneratedNever();
        });
        builder.Entity<PluginEntry>().ToTable("Plugins");
        builder.Entity<PluginPackageEntry>(package =>
        {
            package.ToTable("PluginPackages").HasKey(one => one.PluginId);
            package.HasOne<PluginEntry>().WithOne().HasForeignKey<PluginPackageEntry>(one => one.PluginId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<PluginValueEntry>(value =>
        {
            value.ToTable("PluginValues").HasKey(one => new { one.PluginId, one.Key });
            value.HasOne<PluginEntry>().WithMany().HasForeignKey(one => one.PluginId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<NotificationRuleEntry>().ToTable("NotificationRules");
        builder.Entity<NotificationIncidentEntry>().ToTable("NotificationIncidents").HasKey(one => new { one.RuleId, one.Subject });
        builder.Entity<NotificationMessageEntry>().ToTable("NotificationMessages").HasIndex(one => new { one.State, one.Due });
        builder.Entity<SettingEntry>(setting => setting.ToTable("Settings").HasKey(one => one.Name));
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<DateTimeOffsetToBinaryConverter>();
}
