using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Patching.Catalogues;

namespace XoBlazor.App.Administration;

/// <summary>
/// Where the updates of XenServer up to 8.2 come from, and as whom they are downloaded. Changes are recorded without secrets; refusals come as <see cref="AdministrationRefusedException"/>. Safe
/// from any thread.
/// </summary>
internal sealed class UpdateAdministration(CatalogueSettingsStore store, CatalogueHome home, AdministrationRunner runner, TimeProvider time)
{
    /// <summary>Keeps the name and key in a Client-ID file in the place of those before.</summary>
    public Task SetClientIdAsync(Requester requester, byte[] file, CancellationToken token)
    {
        var act = new AdministrationAct(AdministrationRights.Updates, AuditCategory.Setting, "updates.set-client-id", new("Client ID", null, "client-id", "Client ID"));
        try
        {
            var id = ClientId.Read(file, time.GetUtcNow(), requester.Actor.Name);
            return runner.RunAsync(requester, act.With("user", id.UserName), inner => store.SaveClientIdAsync(id, inner), token);
        }
        catch (PatchingException none)
        {
            return runner.RunAsync(requester, act, _ => throw new AdministrationRefusedException(none.Message), token);
        }
    }

    public Task RemoveClientIdAsync(Requester requester, CancellationToken token) => runner.RunAsync(
        requester, new(AdministrationRights.Updates, AuditCategory.Setting, "updates.remove-client-id", new("Client ID", null, "client-id", "Client ID")), store.RemoveClientIdAsync, token);

    /// <param name="proxy">Empty for none.</param>
    /// <param name="proxyPassword">Null keeps the one before, if it is for the same proxy and user.</param>
    public async Task EditAsync(Requester requester, string url, string proxy, string proxyUser, string? proxyPassword, CancellationToken token)
    {
        var before = await store.GetAsync(token);
        var after = before with { Url = url.Trim(), Proxy = OrNull(proxy.Trim()), ProxyUser = OrNull(proxyUser.Trim()), ProxyPassword = OrNull(proxyPassword) ?? before.ProxyPassword };
        if (after.ProxyUser is null)
            after = after with { ProxyPassword = null };
        var act = Act("updates.edit").With("address", Said(after.Url)).With("proxy", Said(after.Proxy)).With("proxy user", after.ProxyUser).With("proxy password", proxyPassword is { Length: > 0 } ? AuditRecord.Masked : null);
        await runner.RunAsync(requester, act, async inner =>
        {
            Check(before, after, isNewPassword: proxyPassword is { Length: > 0 });
            await store.SaveReachAsync(after, inner);
            await home.StateAsync(inner);
        }, token);
    }

    /// <summary>Fetches the catalogue, however fresh it is.</summary>
    public async Task FetchAsync(Requester requester, CancellationToken token)
    {
        var problem = await runner.RunAsync(requester, Act("updates.fetch-catalogue"), inner => ProblemOfAsync(home.FetchAsync(inner)), Judge, token);
        Tell(problem);
    }

    /// <summary>Puts a catalogue in the place of the one that is fetched. It is checked first.</summary>
    public async Task UploadAsync(Requester requester, string name, Stream content, CancellationToken token)
    {
        var problem = await runner.RunAsync(requester, Act("updates.upload-catalogue").With("file", name), inner => ProblemOfAsync(home.UploadAsync(content, inner)), Judge, token);
        Tell(problem);
    }

    public async Task RemoveUploadedAsync(Requester requester, CancellationToken token)
    {
        var problem = await runner.RunAsync(requester, Act("updates.remove-catalogue"), inner => ProblemOfAsync(home.RemoveUploadedAsync(inner)), Judge, token);
        Tell(problem);
    }

    private static AdministrationAct Act(string action) => new(AdministrationRights.Updates, AuditCategory.Setting, action, new("catalogue of updates", null, "catalogue", "Catalogue of updates"));

    private static string? OrNull(string? text) => text is { Length: > 0 } ? text : null;

    /// <summary>A password that somebody typed into an address is not written down.</summary>
    private static string? Said(string? address) => address is null || (Uri.TryCreate(address, UriKind.Absolute, out var there) && there.UserInfo.Length == 0) ? address : "…";

    private static void Check(CatalogueSettings before, CatalogueSettings after, bool isNewPassword)
    {
        if (CatalogueSettings.Objection(after.Url, "a catalogue") is { } noAddress)
            throw new AdministrationRefusedException(noAddress);
        if (after.Proxy is { } proxy && CatalogueSettings.Objection(proxy, "a proxy") is { } noProxy)
            throw new AdministrationRefusedException(noProxy);
        if (after.ProxyUser is { } user && (after.Proxy is null || user.Contains(':', StringComparison.Ordinal)))
            throw new AdministrationRefusedException(after.Proxy is null ? "A user without a proxy says nothing. Enter the proxy's address, too." : "A proxy's user has no colon in its name.");
        if (after.ProxyPassword is not null && !isNewPassword && (after.Proxy, after.ProxyUser) != (before.Proxy, before.ProxyUser))
            throw new AdministrationRefusedException("The proxy or its user changed. Enter the password again, so that it goes nowhere it was not meant for.");
    }

    private static async Task<string?> ProblemOfAsync(Task work)
    {
        try
        {
            await work;
            return null;
        }
        catch (PatchingException told)
        {
            return told.Message;
        }
    }

    private static (AuditOutcome Outcome, string? Message) Judge(string? problem) => (problem is null ? AuditOutcome.Succeeded : AuditOutcome.Failed, problem);

    private static void Tell(string? problem)
    {
        if (problem is not null)
            throw new AdministrationRefusedException(problem);
    }
}
