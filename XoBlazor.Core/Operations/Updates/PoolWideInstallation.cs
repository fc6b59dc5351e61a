using System.Collections.Immutable;
using System.Net.Http;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.Transfers;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Patching.Catalogues;
using XoBlazor.Core.Patching.Zip;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Transfers;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Updates;

/// <summary>
/// Updates of XenServer up to 8.2, which we bring to a pool: one after the other, each downloaded, unpacked and uploaded in one stream, asked of every host, put on those that lack it,
/// and its file taken away. Cut off and begun again, it goes on with what is not installed yet.
/// </summary>
internal sealed class PoolWideInstallation(IMissingUpdates missing, ICatalogueDownloads downloads)
{
    private static readonly TimeSpan s_patienceWithEvents = TimeSpan.FromSeconds(30);

    /// <summary>All that the hosts lack, or what of it was asked for.</summary>
    /// <param name="hosts">All of the pool, the coordinator first.</param>
    public async Task RunAsync(OperationWork work, IReadOnlyList<Host> hosts, Action<string> told)
    {
        var form = await FormAsync(work, hosts);
        var lists = new List<(Host, ImmutableArray<MissingUpdate>)>();
        foreach (var host in hosts)
        {
            var lacks = await missing.LookAsync(work.Pool.Key(host), UpdateInstallation.Recent, work.Token);
            lists.Add((host, lacks.Problem is null ? lacks.Missing : throw new OperationFailedException($"{work.Pool.NameOf(host)}: {lacks.Problem}")));
        }

        var wanted = work.Arguments.List<string>("updates");
        var updates = UpdateOrder.Of(lists, wanted);
        if (wanted.FirstOrDefault(id => !updates.Exists(one => one.Update.Id.Equals(id, StringComparison.OrdinalIgnoreCase)) && !hosts.All(host => InstalledUpdates.On(work.Pool, host).Contains(id))) is { } unknown)
            throw new OperationFailedException($"'{ForeignText.Shown(unknown)}' is none of the updates that {work.Pool.Name()} lacks. Look for updates again, and take one of those.");
        if (updates.Count == 0)
        {
            told($"{work.Pool.Name()} lacks nothing");
            return;
        }

        work.Expect(updates.Sum(one => 1 + (2 * one.Hosts.Count)));
        for (var number = 0; number < updates.Count; number++)
        {
            work.StopIfCancelled();
            var (update, lacking) = updates[number];
            told($"{update.Name}, {number + 1} of {updates.Count}");
            await InstallAsync(work, form, update, lacking, id => lists.SelectMany(list => list.Item2).FirstOrDefault(one => one.Id == id)?.Name, told);
            work.Did($"{update.Name} is installed");
        }

        await SeenAsync(work, updates.SelectMany(one => one.Hosts.Select(host => (host, one.Update.Id))).ToList());
        foreach (var host in hosts)
            await missing.LookAsync(work.Pool.Key(host), TimeSpan.Zero, work.Token);
        told($"{work.Pool.Name()} has its updates");
    }

    /// <summary>One update that somebody sends: its zip, or what is in it. The hosts say whether it is for them.</summary>
    public async Task RunAsync(OperationWork work, IReadOnlyList<Host> hosts, TransferSource source)
    {
        var form = await FormAsync(work, hosts);
        work.Expect(1 + (2 * hosts.Count));
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(work.Token, work.Cancelling, source.Gone);
        await using var bytes = new CountedStream(source.Stream, source.Progress, HostTransfer.Silence, work.Time);
        BroughtUpdate? brought = null;
        string reference;
        try
        {
            await using var file = await UpdateFile.InAnyAsync(bytes, source.Length, form.Extension, gone.Token);
            brought = await BroughtUpdate.BringAsync(work, form, file.Name, file, gone.Token);
            reference = brought.Reference;
        }
        catch (XapiFailureException known) when (known is { Code: "PATCH_ALREADY_EXISTS" or "UPDATE_ALREADY_EXISTS", Parameters: [var uuid, ..] })
        {
            // Somebody has brought it before, and it is the pool's own: it may be installed, and stays.
            reference = await FindAsync(work, form, uuid) ?? throw new OperationFailedException("Somebody else has just taken away what was sent. Send it again.");
        }
        catch (Exception failed) when (Words(work, failed, source.Progress, gone.Token, "what was sent") is { } told)
        {
            throw told;
        }

        try
        {
            var (name, id) = (ForeignText.Shown(await work.AskAsync($"{form.Class}.get_name_label", reference)), await work.AskAsync($"{form.Class}.get_uuid", reference));
            if (await new UpdateOnHosts(work, form, name, reference).InstallAsync(hosts, static _ => null, static _ => { }) == 0)
                work.Note($"All hosts had {name} already.");
            await SeenAsync(work, [.. hosts.Select(host => (host, id))]);
        }
        finally
        {
            if (brought is not null)
                await brought.DisposeAsync();
        }
    }

    private async Task InstallAsync(OperationWork work, UpdateForm form, MissingUpdate update, IReadOnlyList<Host> hosts, Func<string, string?> nameOf, Action<string> told)
    {
        if (await FindAsync(work, form, update.Id) is { } known)
        {
            hosts = await LackingAsync(work, form, known, hosts);
            try
            {
                await new UpdateOnHosts(work, form, update.Name, known).InstallAsync(hosts, nameOf, told);
                work.Step();
                return;
            }
            catch (XapiFailureException gone) when (UpdateOnHosts.IsFileGone(gone))
            {
                // The pool knows of it, and has its file no more.
            }
        }

        await using var brought = await BringAsync(work, form, update);
        if (await work.AskAsync($"{form.Class}.get_uuid", brought.Reference) is var uuid && !uuid.Equals(update.Id, StringComparison.OrdinalIgnoreCase))
            throw new OperationFailedException($"The zip of {update.Name} holds another update ({ForeignText.Shown(uuid)}). Nothing of it was installed; look at where the catalogue comes from.");
        await new UpdateOnHosts(work, form, update.Name, brought.Reference).InstallAsync(hosts, nameOf, told);
    }

    private async Task<BroughtUpdate> BringAsync(OperationWork work, UpdateForm form, MissingUpdate update)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(work.Token, work.Cancelling);
        var progress = new TransferProgress();
        work.Moves(progress);
        try
        {
            await using var download = await downloads.OpenAsync(update, gone.Token);
            progress.Length = download.Length;
            await using var bytes = new CountedStream(download.Content, progress, HostTransfer.Silence, work.Time);
            await using var file = await UpdateFile.InZipAsync(bytes, form.Extension, gone.Token);
            return await BroughtUpdate.BringAsync(work, form, update.Name, file, gone.Token);
        }
        catch (Exception failed) when (Words(work, failed, progress, gone.Token, update.Name) is { } told)
        {
            throw told;
        }
    }

    /// <summary>What the source of an update is to blame for, and a cancellation, as the end of the operation; null for all else.</summary>
    private static Exception? Words(OperationWork work, Exception failed, TransferProgress progress, CancellationToken gone, string what) => failed switch
    {
        _ when work.Token.IsCancellationRequested => null,
        _ when work.Cancelling.IsCancellationRequested => new XapiFailureException("TASK_CANCELLED", []),
        XapiFailureException { Code: "INVALID_UPDATE" or "INVALID_PATCH" or "INVALID_PATCH_WITH_LOG" } invalid => new OperationFailedException(
            $"{SentenceText.Capital(what)} is no update that {work.Pool.Name()} takes{(invalid.Parameters is [var why, ..] ? $": {ForeignText.Shown(why).TrimEnd('.')}" : "")}. Is it for this version, and as its maker gave it out?"),
        PatchingException refused => new OperationFailedException(refused.Message.Contains(what, StringComparison.Ordinal) ? refused.Message : $"{SentenceText.Capital(what)}: {refused.Message}"),
        OperationCanceledException when gone.IsCancellationRequested => new OperationFailedException($"Whoever sent it stopped after {SizeText.Write(progress.Bytes)}. Nothing of it was installed; send it again."),
        IOException or HttpRequestException or TimeoutException => new OperationFailedException(
            $"{SentenceText.Capital(what)} ended early, after {SizeText.Write(progress.Bytes)} ({failed.Message.TrimEnd('.')}). Nothing of it was installed; try again, and what is installed by now stays so."),
        _ => null,
    };

    /// <summary>In which form the pool takes updates, if it does now.</summary>
    private static async Task<UpdateForm> FormAsync(OperationWork work, IReadOnlyList<Host> hosts)
    {
        var form = UpdateForm.Of(HostGenerations.Of(hosts[0]));
        return form == UpdateForm.Image && await work.Connection.CallBoolAsync("pool.get_ha_enabled", [work.Pool.Pool!.Ref], work.Token)
            ? throw new OperationFailedException(UpdateInstallation.HaObstacle(work.Pool)) : form;
    }

    /// <summary>What we know of the pool may be older than what was installed a moment ago. Of patches their precheck tells, with or without the file.</summary>
    private static async Task<IReadOnlyList<Host>> LackingAsync(OperationWork work, UpdateForm form, string update, IReadOnlyList<Host> hosts)
    {
        if (form != UpdateForm.Image)
            return hosts;
        var having = await work.Connection.CallTextsAsync("pool_update.get_hosts", [update], work.Token);
        return [.. hosts.Where(host => !having.Contains(host.Ref))];
    }

    private static async Task<string?> FindAsync(OperationWork work, UpdateForm form, string uuid)
    {
        try
        {
            return await work.AskAsync($"{form.Class}.get_by_uuid", uuid);
        }
        catch (XapiFailureException none) when (none.Code == "UUID_INVALID")
        {
            return null;
        }
    }

    /// <summary>What is installed comes to be seen by events; only then can be told anew what is missing.</summary>
    private static Task SeenAsync(OperationWork work, List<(Host Host, string Id)> installed) =>
        work.UntilAsync(now => installed.TrueForAll(one => now.GetByUuid<Host>(one.Host.Uuid) is { } host && InstalledUpdates.On(now, host).Contains(one.Id)), s_patienceWithEvents);
}
