using System.Text;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Loading;

namespace XoBlazor.Simulator.Wire;

/// <summary>
/// What a host answers beside RPC. Every request the datamodel knows asks for a session or a password first; those that are not
/// simulated are then not found.
/// </summary>
internal static class HostPages
{
    private static readonly Dictionary<(string Method, string Path), Func<PoolSimulator, HttpContext, Task>> s_pages = new()
    {
        [("GET", "/pool/xmldbdump")] = (pool, http) => RequestHandler.AnswerAsync(http, 200, null, DatabaseWriter.Write(pool.Db)),
        [("PUT", "/import_raw_vdi")] = DiskPages.ImportAsync,
        [("GET", "/export_raw_vdi")] = DiskPages.ExportAsync,
        [("GET", "/updates")] = UpdatePages.ListAsync,
        [("PUT", "/pool_patch_upload")] = PatchPages.UploadAsync,
        [("PUT", "/import")] = VmPages.ImportAsync,
        [("GET", "/export")] = VmPages.ExportAsync,
        [("CONNECT", "/console")] = ConsolePages.ConnectAsync,
        [("GET", "/console")] = ConsolePages.UpgradeAsync,
        [("GET", "/vncsnapshot")] = ConsolePages.SnapshotAsync,
        [("GET", "/rrd_updates")] = MetricsPages.UpdatesAsync,
        [("GET", "/host_rrd")] = MetricsPages.HostAsync,
        [("GET", "/vm_rrd")] = MetricsPages.VmAsync,
        [("GET", "/sr_rrd")] = MetricsPages.SrAsync,
        [("GET", "/audit_log")] = LogPages.AuditAsync,
        [("GET", "/host_logs_download")] = LogPages.LogsAsync,
        [("GET", "/wlb_report")] = (_, http) => RequestHandler.AnswerAsync(http, HtmlPage.InternalError("Failure(\"Bad request\")")),
    };

    /// <summary>Answered by RPC, or for anybody.</summary>
    private static readonly HashSet<string> s_open = ["/", "/RPC2", "/json", "/jsonrpc", "/cli", "/update/", "/repository", "/blob"];

    public static void Register(PoolSimulator pool)
    {
        foreach (var (method, path) in pool.Schema.Datamodel.HttpActions.Where(a => a.Method != "POST" && !s_open.Contains(a.Path)))
        {
            var page = s_pages.GetValueOrDefault((method, path)) ?? ((_, http) => RequestHandler.AnswerAsync(http, 404, null, []));
            pool.Routes.Register(method, path, http => IsKnown(pool, http)
                ? page(pool, http) : new StreamAnswer(pool, http).RefuseAsync(HtmlPage.Unauthorised, new("SESSION_AUTHENTICATION_FAILED")));
        }
    }

    private static bool IsKnown(PoolSimulator pool, HttpContext http)
    {
        try
        {
            if ((Cookie(http, "session_id") ?? http.Request.Query["session_id"]) is { Length: > 0 } session)
            {
                pool.Sessions.Use(session);
                return true;
            }

            return Credentials(http) is [var user, var password] && user == pool.Options.User && password == pool.Options.Password;
        }
        catch (XapiException)
        {
            return false;
        }
    }

    /// <summary>Cookies stand between semicolons or ampersands, percent-encoded.</summary>
    private static string? Cookie(HttpContext http, string name) => http.Request.Headers.Cookie.ToString()
        .Split([';', '&'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Where(cookie => cookie.StartsWith($"{name}=", StringComparison.Ordinal)).Select(cookie => Uri.UnescapeDataString(cookie[(name.Length + 1)..])).FirstOrDefault();

    private static string[]? Credentials(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
            return null;
        var bytes = new byte[header.Length];
        return Convert.TryFromBase64String(header[6..].Trim(), bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) : null;
    }
}
