using System.Text;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Patching.Repositories;

namespace XoBlazor.Simulator.Wire;

/// <summary><c>GET /updates</c> of XenServer 8: what the hosts of the pool lack, as JSON (xo-proxying.md §4.5). <c>host_refs</c> asks for some of them.</summary>
internal static class UpdatePages
{
    public static async Task ListAsync(PoolSimulator pool, HttpContext http)
    {
        try
        {
            if (pool.Addresses.HostAt(http.Connection.LocalIpAddress) != pool.Db.Coordinator.Ref)
            {
                // Members do not know of it.
                await RequestHandler.AnswerAsync(http, HtmlPage.Forbidden);
                return;
            }

            if (!pool.Catalogue.HasCopy) throw new XapiException("INVALID_REPOMD_XML");
            if (pool.Faults.FailureOf("GET /updates", []) is { } failure) throw failure;
            var wanted = http.Request.Query["host_refs"].ToString().Split([',', ';'], StringSplitOptions.RemoveEmptyEntries);
            var document = UpdatesDocument.Of(pool, [.. pool.Db.All("host").Where(host => wanted.Length == 0 || wanted.Contains(host.Ref))]);
            await RequestHandler.AnswerAsync(http, 200, "application/json", Encoding.UTF8.GetBytes(document.ToJsonString()));
        }
        catch (XapiException failure)
        {
            await RequestHandler.AnswerAsync(http, StreamAnswer.PageOf(failure));
        }
    }
}
