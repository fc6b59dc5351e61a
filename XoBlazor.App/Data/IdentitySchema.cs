using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Options;

namespace XoBlazor.App.Data;

/// <summary>
/// Which of Identity's schemas the database has. Identity asks the services around a context for it, and EF keeps the first model
/// of the process for all contexts: without this, a context made without services (a backup read, a command) or with others
/// would leave the whole process without passkeys, depending on who came first.
/// </summary>
internal static class IdentitySchema
{
    private static readonly IOptions<IdentityOptions> s_version3 = Options.Create(new IdentityOptions { Stores = { SchemaVersion = IdentitySchemaVersions.Version3 } });

    /// <summary>Makes every context of the process see the same schema; its other services stay as they are.</summary>
    public static void Use(DbContextOptionsBuilder options) =>
        options.UseApplicationServiceProvider(new Services(options.Options.FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider));

    private sealed class Services(IServiceProvider? application) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(IOptions<IdentityOptions>) ? s_version3 : application?.GetService(serviceType);
    }
}
