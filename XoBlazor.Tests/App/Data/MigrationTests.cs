using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Data;
using XoBlazor.App.Hosting;
using XoBlazor.Core.Access;
using XoBlazor.Core.Consoles;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Pools;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.App.Data;

/// <summary>Databases of every earlier version, with an account and a pool in them, and of a later one.</summary>
public sealed class MigrationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Earlier => [.. Migrations[..^1]];

    private static string[] Migrations
    {
        get
        {
            using var database = Open(new DataDirectory("nowhere"));
            return [.. database.Database.GetMigrations()];
        }
    }

    [Theory]
    [MemberData(nameof(Earlier))]
    public async Task Start_OnAnEarlierDatabase_CopiesMigratesAndKeepsEverything(string version)
    {
        using var folder = new TempFolder();
        var data = await MakeAsync(folder, version);

        await using var server = new TestServer(folder).With("Setup:AdminPassword", "");
        var signedIn = await TestServer.SignInAsync(server.Browser());
        var pool = Assert.Single(await server.Services.GetRequiredService<IPoolSettingsStore>().LoadAsync(Token));

        Assert.Equal(HttpStatusCode.Found, signedIn.StatusCode);
        Assert.Equal(("Lab", "secret of Lab"), (pool.Label, pool.Password));
        Assert.Equal(Migrations, Applied(data.DatabaseFile));
        Assert.Equal(version, Applied(Assert.Single(Directory.GetFiles(data.CopiesFolder)))[^1]);
    }

    [Theory]
    [MemberData(nameof(Earlier))]
    public async Task Start_MigrationFails_LeavesDatabaseAndCopyAsTheyWere(string version)
    {
        using var folder = new TempFolder();
        var data = await MakeAsync(folder, version);
        Run(data.DatabaseFile, "CREATE TRIGGER trouble BEFORE INSERT ON __EFMigrationsHistory BEGIN SELECT RAISE(ABORT, 'out of luck'); END");
        var before = Dump(data.DatabaseFile);

        var (code, output) = await ServerProcess.RunAsync("--data-dir", data.Root, "--urls", "http://127.0.0.1:0");

        var copy = Assert.Single(Directory.GetFiles(data.CopiesFolder));
        Assert.Equal(1, code);
        Assert.Contains("out of luck", output, StringComparison.Ordinal);
        Assert.Contains(copy, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.Equal(before, Dump(data.DatabaseFile));
        Assert.Equal(before, Dump(copy));
    }

    [Fact]
    public async Task Start_OnADatabaseWhereOneRightWasForAllOfAVm_RolesAllowWhatTheyDid()
    {
        using var folder = new TempFolder();
        var data = await MakeAsync(folder, Migrations.Single(one => one.EndsWith("_DirectoryAccounts", StringComparison.Ordinal)));
        Run(data.DatabaseFile,
            """
            INSERT INTO CustomRoles (Id, Name, Description, Rights) VALUES ('helper', 'Helper', '', '["vm.edit","vm.start"]');
            INSERT INTO CustomRoles (Id, Name, Description, Rights) VALUES ('starter', 'Starter', '', '["vm.start"]');
            """);

        await using var server = new TestServer(folder).With("Setup:AdminPassword", "");
        server.Browser().Dispose();
        var roles = server.Get<AccessEngine>().Policy.Roles;

        Assert.Equal([.. VmRights.AllEdits.Select(right => right.Name), Right.View.Name, "vm.start"], roles["helper"].Rights.ToHashSet());
        Assert.Equal([Right.View.Name, "vm.start"], roles["starter"].Rights.ToHashSet());
    }

    [Fact]
    public async Task Start_OnADatabaseWhereConsolesHadNoRightToClipboards_RolesKeepThem()
    {
        using var folder = new TempFolder();
        var data = await MakeAsync(folder, Migrations.Single(one => one.EndsWith("_Leftovers", StringComparison.Ordinal)));
        Run(data.DatabaseFile,
            """
            INSERT INTO CustomRoles (Id, Name, Description, Rights) VALUES ('watcher', 'Watcher', '', '["vm.console","vm.console.input"]');
            INSERT INTO CustomRoles (Id, Name, Description, Rights) VALUES ('typist', 'Typist', '', '["vm.console.input","vm.start"]');
            """);

        await using var server = new TestServer(folder).With("Setup:AdminPassword", "");
        server.Browser().Dispose();
        var roles = server.Get<AccessEngine>().Policy.Roles;

        Assert.True(roles["watcher"].Has(ConsoleRights.Clipboard));
        Assert.False(roles["typist"].Has(ConsoleRights.Clipboard));
    }

    [Fact]
    public async Task Start_OnADatabaseOfANewerVersion_IsRefusedAndChangesNothing()
    {
        using var folder = new TempFolder();
        var data = await MakeAsync(folder, Migrations[^1]);
        Run(data.DatabaseFile, "INSERT INTO __EFMigrationsHistory VALUES ('99990101000000_FromTheFuture', '99.0')");
        var before = Dump(data.DatabaseFile);

        var (code, output) = await ServerProcess.RunAsync("--data-dir", data.Root, "--urls", "http://127.0.0.1:0");

        Assert.Equal(1, code);
        Assert.Contains("written by a newer version", output, StringComparison.Ordinal);
        Assert.Contains("FromTheFuture", output, StringComparison.Ordinal);
        Assert.Equal(before, Dump(data.DatabaseFile));
        Assert.Empty(Directory.GetFiles(data.CopiesFolder));
    }

    [Fact]
    public void Model_MadeWithoutAnyServices_IsTheOneOfTheMigrations()
    {
        using var database = new AppDatabase(
            new DbContextOptionsBuilder<AppDatabase>().UseSqlite("Data Source=nowhere.db").EnableServiceProviderCaching(false).Options);

        Assert.False(database.Database.HasPendingModelChanges());
    }

    /// <summary>A data directory as a server of that version left it: the rows are written in SQL, because the classes are today's.</summary>
    private static async Task<DataDirectory> MakeAsync(TempFolder folder, string version)
    {
        var data = new DataDirectory(folder.File("data"));
        data.Prepare();
        await using (var database = Open(data))
            await database.GetService<IMigrator>().MigrateAsync(version, Token);

        var secrets = new Sealed(DataProtectionProvider.Create(new DirectoryInfo(data.KeysFolder), protection => protection.SetApplicationName("XoBlazor")));
        var hash = new PasswordHasher<Account>().HashPassword(new Account(TestServer.Admin), TestServer.Password);
        Run(data.DatabaseFile,
            """
            INSERT INTO Settings (Name, Value) VALUES ('KeyCheck', $word);
            INSERT INTO Pools (Id, Label, Address, User, SealedPassword, IsEnabled, Members)
                VALUES ('11111111-1111-1111-1111-111111111111', 'Lab', 'xen1.example.org', 'root', $secret, 0, '[]');
            INSERT INTO AspNetUsers (Id, UserName, NormalizedUserName, EmailConfirmed, PasswordHash, SecurityStamp, PhoneNumberConfirmed, TwoFactorEnabled, LockoutEnabled, AccessFailedCount)
                VALUES ('22222222-2222-2222-2222-222222222222', 'admin', 'ADMIN', 0, $hash, 'STAMP', 0, 0, 1, 0);
            """,
            ("$word", secrets.Seal(KeyRing.CheckWord)), ("$secret", secrets.Seal("secret of Lab")), ("$hash", hash));
        return data;
    }

    private static AppDatabase Open(DataDirectory data) =>
        new(new DbContextOptionsBuilder<AppDatabase>().UseSqlite($"Data Source={data.DatabaseFile};Pooling=False").Options);

    private static void Run(string file, string sql, params (string Name, string Value)[] values)
    {
        using var connection = Connect(file);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        command.ExecuteNonQuery();
    }

    private static string[] Applied(string file) => Rows(file, "SELECT MigrationId FROM __EFMigrationsHistory ORDER BY MigrationId");

    /// <summary>The schema and the rows of the tables that matter.</summary>
    private static string[] Dump(string file) =>
    [
        .. Rows(file, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name != '__EFMigrationsLock' ORDER BY name"),
        .. new[] { "Settings", "Pools", "AspNetUsers", "__EFMigrationsHistory" }.SelectMany(table => Rows(file, $"SELECT * FROM {table} ORDER BY 1")),
    ];

    private static string[] Rows(string file, string sql)
    {
        using var connection = Connect(file);
        using var ask = connection.CreateCommand();
        ask.CommandText = sql;
        using var rows = ask.ExecuteReader();
        var found = new List<string>();
        while (rows.Read())
            found.Add(string.Join('|', Enumerable.Range(0, rows.FieldCount).Select(rows.GetValue)));
        return [.. found];
    }

    private static SqliteConnection Connect(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }
}
