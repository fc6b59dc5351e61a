using XoBlazor.Simulator.Behaviour;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Patching.Repositories;

/// <summary>Repositories of XenServer 8, which of them a pool uses, and synchronising with them (xo-proxying.md §4.5; checks as in xapi's repository.ml).</summary>
internal sealed class RepositoryCalls(PoolSimulator pool)
{
    public void Register()
    {
        pool.Calls.Register("Repository.introduce", call => Introduce(call));
        pool.Calls.Register("Repository.forget", call =>
        {
            var repository = call.Object("self");
            if (pool.Db.Pool["repositories"].AsTexts.Contains(repository.Ref)) throw new XapiException("REPOSITORY_IS_IN_USE");
            repository.Destroy();
        });
        pool.Calls.Register("pool.set_repositories", call => Set([.. call["value"].AsTexts]));
        pool.Calls.Register("pool.add_repository", call => Set([.. pool.Db.Pool["repositories"].AsTexts.Append(call.Object("value").Ref).Distinct()]));
        pool.Calls.Register("pool.remove_repository", call => Set([.. pool.Db.Pool["repositories"].AsTexts.Where(other => other != call.Object("value").Ref)]));
        pool.Calls.Register("pool.configure_update_sync", ConfigureSync);
        pool.Calls.Register("pool.set_update_sync_enabled", call =>
        {
            if (call.Bool("value") && pool.Db.Pool["repositories"].AsSet.Length == 0) throw new XapiException("NO_REPOSITORIES_CONFIGURED");
            pool.Db.Pool["update_sync_enabled"] = call.Bool("value");
        });
        pool.Calls.Register("pool.configure_repository_proxy", ConfigureProxy);
        pool.Calls.Register("pool.disable_repository_proxy", _ => SetProxy("", "", XapiValue.NullRef));
        pool.Calls.RegisterAsync("pool.sync_updates", async call => (XapiValue)await SynchroniseAsync(call));
    }

    /// <summary>The one enabled repository with updates.</summary>
    /// <exception cref="XapiException">NO_REPOSITORY_ENABLED, MULTIPLE_UPDATE_REPOSITORIES_ENABLED.</exception>
    public static DbObject Enabled(Database db)
    {
        var updates = db.Pool.FollowAll("repositories", "Repository").Where(repository => repository.Bool("update")).ToList();
        return updates.Count == 1 ? updates[0] : throw new XapiException(updates.Count == 0 ? "NO_REPOSITORY_ENABLED" : "MULTIPLE_UPDATE_REPOSITORIES_ENABLED");
    }

    /// <summary>Takes the pool's copy anew, and tells which hosts have all of it. Gives its hash.</summary>
    public static string Synchronise(PoolSimulator pool, DbObject repository) => pool.Db.Update(() =>
    {
        var hash = pool.Catalogue.Synchronise();
        repository["hash"] = hash;
        pool.Db.Pool["last_update_sync"] = pool.Now;
        foreach (var host in pool.Db.All("host"))
            host["latest_synced_updates_applied"] = pool.Catalogue.MissingOn(host.Ref).Count == 0 ? "yes" : "no";
        return hash;
    });

    private static XapiValue Introduce(CallContext call)
    {
        var (name, address) = (call.Text("name_label"), call.Text("binary_url"));
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) throw new XapiException("INVALID_BASE_URL", address);
        if (call.Db.All("Repository").FirstOrDefault(other => other.Text("name_label") == name || other.Text("binary_url") == address) is { } known)
            throw new XapiException("REPOSITORY_ALREADY_EXISTS", known.Ref);
        return call.Db.Create("Repository", ("name_label", name), ("name_description", call.Text("name_description")), ("binary_url", address), ("source_url", call.Text("source_url")),
            ("update", call.Bool("update")), ("gpgkey_path", call.Text("gpgkey_path")), ("origin", "remote")).Ref;
    }

    /// <summary>Other repositories are another copy: the one there was counts no more.</summary>
    private void Set(IReadOnlyList<string> repositories) => pool.Db.Update(() =>
    {
        foreach (var repository in repositories)
            pool.Db.Get("Repository", repository)["hash"] = "";
        pool.Catalogue.Forget();
        pool.Db.Pool["repositories"] = XapiValue.SetOf(repositories);
        pool.Db.Pool["last_update_sync"] = XapiValue.Never;
        foreach (var host in pool.Db.All("host"))
            host["latest_synced_updates_applied"] = "unknown";
    });

    private void ConfigureSync(CallContext call)
    {
        var (frequency, day) = (call.Text("update_sync_frequency"), call.Int("update_sync_day"));
        if (frequency == "weekly" && day is < 0 or > 6) throw new XapiException("INVALID_UPDATE_SYNC_DAY", $"{day}");
        pool.Db.Pool["update_sync_frequency"] = frequency;
        pool.Db.Pool["update_sync_day"] = frequency == "weekly" ? day : 0;
    }

    private void ConfigureProxy(CallContext call)
    {
        var (url, user, password) = (call.Text("url"), call.Text("username"), call.Text("password"));
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) throw new XapiException("INVALID_REPOSITORY_PROXY_URL", url);
        if ((user.Length > 0) != (password.Length > 0)) throw new XapiException("INVALID_REPOSITORY_PROXY_CREDENTIAL");
        SetProxy(url, user, password.Length == 0 ? XapiValue.NullRef : call.Db.Create("secret", ("value", password)).Ref);
    }

    /// <summary>The password is a secret of its own; that of before goes.</summary>
    private void SetProxy(string url, string user, XapiValue password) => pool.Db.Update(() =>
    {
        pool.Db.Pool.Follow("repository_proxy_password", "secret")?.Destroy();
        pool.Db.Pool["repository_proxy_url"] = url;
        pool.Db.Pool["repository_proxy_username"] = user;
        pool.Db.Pool["repository_proxy_password"] = password;
    });

    private async Task<string> SynchroniseAsync(CallContext call)
    {
        var repository = Enabled(call.Db);
        if (call.Db.All("host").Any(host => AllowedOperations.Running(host).Contains("apply_updates"))) throw new XapiException("APPLY_UPDATES_IN_PROGRESS");
        call.Db.Update(() =>
        {
            if (AllowedOperations.Running(call.Db.Pool).Contains("sync_updates")) throw new XapiException("SYNC_UPDATES_IN_PROGRESS");
            call.Db.Pool.AddToMap("current_operations", call.TaskRef, "sync_updates");
        });
        try
        {
            await call.WorkAsync(Effort.RepositorySync);
            return Synchronise(pool, repository);
        }
        finally
        {
            call.Db.Pool.RemoveFromMap("current_operations", call.TaskRef);
        }
    }
}
