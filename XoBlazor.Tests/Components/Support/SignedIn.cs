using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Administration;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Store;

namespace XoBlazor.Tests.Components.Support;

/// <summary>Everybody is the administrator Ada.</summary>
internal sealed class SignedIn : AuthenticationStateProvider
{
    public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, "1"), new(ClaimTypes.Name, "Ada")], "test"))));

    /// <summary>Signs Ada in, gives her everything, and writes down what she does in a folder.</summary>
    public static void AddTo(IServiceCollection services, string auditFolder)
    {
        services.AddSingleton<AuthenticationStateProvider, SignedIn>();
        services.AddAudit(auditFolder, Path.Combine(auditFolder, "audit.key"));
        services.AddSingleton<AdministrationRunner>();
        services.AddSingleton<PoolAdministration>();
        services.AddSingleton(provider =>
        {
            var databases = new Databases(Path.Combine(auditFolder, "settings.db"));
            using (var first = databases.CreateDbContext())
                first.Database.EnsureCreated();
            return new CloudConfigs(databases, provider.GetRequiredService<AdministrationRunner>(), new Sealed(new EphemeralDataProtectionProvider()));
        });
        services.AddSingleton(provider =>
        {
            var engine = new AccessEngine(provider.GetRequiredService<ObjectStore>());
            engine.Apply(new([], [new("ada", SubjectId.User("1"), Role.Administrator.Id, AccessScope.Everything.Instance)], FrozenDictionary<string, ImmutableArray<string>>.Empty));
            return engine;
        });
    }

    private sealed class Databases(string file) : IDbContextFactory<AppDatabase>
    {
        public AppDatabase CreateDbContext() => new(new DbContextOptionsBuilder<AppDatabase>().UseSqlite($"Data Source={file};Pooling=False").Options);
    }
}
