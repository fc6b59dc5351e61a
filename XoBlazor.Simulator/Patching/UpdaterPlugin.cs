using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Simulator.Behaviour;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Faults;

namespace XoBlazor.Simulator.Patching;

/// <summary>
/// <c>updater.py</c> of XCP-ng hosts (xo-proxying.md §4.4; its arguments, answers and lock as in the project xcp-ng-xapi-plugins): asks for
/// updates, installs them, tells and takes proxies. Failures are XAPI failures with the code <c>-1</c> from XCP-ng 8.2.1 on; before, they stand in
/// the answer: <c>error</c>, or the exit code of the package manager.
/// </summary>
internal sealed class UpdaterPlugin(PoolSimulator pool)
{
    private const string Unreachable = "failure: repodata/repomd.xml from xcp-ng-updates: [Errno 256] No more mirrors to try.";

    private static readonly string[] s_repositories = ["xcp-ng-base", "xcp-ng-updates"];
    private static readonly Version s_firstToFail = new(8, 2, 1);

    private readonly ConcurrentDictionary<string, UpdaterLock> _locks = [];
    private readonly ConcurrentDictionary<(string Host, string Repository), string> _proxies = [];

    public async Task<XapiValue> RunAsync(CallContext call, DbObject host)
    {
        var function = call.Text("fn");
        if (function is not ("check_update" or "update" or "get_proxies" or "set_proxies")) throw new XapiException("UNKNOWN_FUNCTION", function);
        try
        {
            if (pool.Faults.TakeForHost(FaultKind.UpdaterBusy, host, function) is not null) throw UpdaterLock.Busy("check_update");
            using var hold = await _locks.GetOrAdd(host.Ref, _ => new(pool.Time)).TakeAsync(function, call.Cancellation);
            if (pool.Faults.TakeForHost(FaultKind.UpdaterError, host, function) is not null) throw new UpdaterException(Unreachable);
            return function switch
            {
                "check_update" => await CheckAsync(call, host),
                "update" => await UpdateAsync(call, host),
                "get_proxies" => Proxies(host),
                _ => SetProxies(call, host),
            };
        }
        catch (UpdaterException failure)
        {
            return IsOld(host) ? OldAnswer(function, failure.Message) : throw new XapiException("-1", failure.Message, "", "Traceback (most recent call last):\n  simulated");
        }
    }

    private async Task<string> CheckAsync(CallContext call, DbObject host)
    {
        await call.WorkAsync(Effort.Scan);
        return new JsonArray([.. Offered(call, host).Select(Describe)]).ToJsonString();
    }

    /// <summary>Installs what the caller names, or everything, in a task of the host's own, which is gone at the end.</summary>
    private async Task<string> UpdateAsync(CallContext call, DbObject host)
    {
        var wanted = call.Map("args")["packages"]?.AsText.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        var packages = Offered(call, host).Where(package => wanted.Length == 0 || wanted.Contains(package.Name)).ToList();
        var task = Tasks.Create(pool, $"Update host {host.Text("name_label")} ({host.Uuid})", "", host.Ref);
        try
        {
            await call.WorkAsync(packages.Count == 0 ? Effort.Scan : Effort.HostUpdate);
            pool.Packages.Install(host.Ref, packages);
        }
        finally
        {
            task.Destroy();
        }

        var text = packages.Count == 0 ? "No packages marked for update\n" : $"Updated:\n{string.Concat(packages.Select(package => $"  {package.Name}.x86_64 0:{package.Version}-{package.Release}\n"))}\nComplete!\n";
        return Result(0, text, "");
    }

    private List<Package> Offered(CallContext call, DbObject host)
    {
        var more = call.Map("args")["repos"]?.AsText.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        return [.. pool.Packages.Pending(host.Ref).Where(package => s_repositories.Contains(package.Repository) || more.Contains(package.Repository))];
    }

    private static JsonNode Describe(Package package) => new JsonObject
    {
        ["name"] = package.Name,
        ["version"] = package.Version,
        ["release"] = package.Release,
        ["description"] = package.Description,
        ["changelog"] = package.Changed is { } changed
            ? new JsonObject { ["date"] = changed.ToUnixTimeSeconds(), ["author"] = package.ChangedBy, ["description"] = package.Changes } : null,
        ["url"] = package.Url,
        ["size"] = package.Size,
        ["license"] = package.License,
    };

    private string Proxies(DbObject host) =>
        JsonSerializer.Serialize(s_repositories.ToDictionary(repository => repository, repository => _proxies.GetValueOrDefault((host.Ref, repository), "_none_")));

    private string SetProxies(CallContext call, DbObject host)
    {
        var wanted = call.Map("args")["proxies"]?.AsText is { } text && JsonNode.Parse(text) is JsonObject map ? map : throw new UpdaterException("'proxies'");
        foreach (var (repository, proxy) in wanted)
            _proxies[(host.Ref, s_repositories.Contains(repository) ? repository : throw new UpdaterException($"Can't find section '{repository}' in config file"))] = $"{proxy}";
        return "";
    }

    private static bool IsOld(DbObject host) =>
        Version.TryParse(host["software_version"].AsMap["product_version"]?.AsText, out var version) && version < s_firstToFail;

    private static string OldAnswer(string function, string message) =>
        function == "update" ? Result(1, "", message) : JsonSerializer.Serialize(new { error = message });

    private static string Result(int exit, string output, string errors) =>
        JsonSerializer.Serialize(new { exit, stdout = output, stderr = errors, command = new[] { "yum", "update", "-y" } });
}
