using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.Core.Access;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Patching.Catalogues;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Transfers.Remote;
using XoBlazor.Core.Xapi.Wire;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.Operations.Simulated;
using XoBlazor.Tests.Support;
using XoBlazor.Tests.Support.Patching;

namespace XoBlazor.Tests.Operations.Updates;

/// <summary>Updates of XenServer up to 8.2, from the catalogue onto every host of a pool; in every end nothing of them is left but what is installed.</summary>
public sealed class PoolWideInstallationTests : OldPoolTests
{
    [Theory]
    [InlineData("hosts=2,vms=0,release=xenserver-6.5")]
    [InlineData(OldPool.UpTo70)]
    [InlineData("hosts=2,vms=0,release=xenserver-7.1")]
    [InlineData(OldPool.UpTo82)]
    public async Task Install_OfAllThatIsMissing_IsOnEveryHostInOrderAndLeavesNothing(string make)
    {
        await StartAsync(make);
        var first = new MadeUpdate("XS82E001") { Padding = 300_000 };
        var second = new MadeUpdate("XS82E002") { Requires = [first.Uuid] };
        var third = new MadeUpdate("XS82E003");
        Pool.Offer(second, first, third);

        await Pool.SucceedsAsync();

        Assert.All(Pool.Hosts, host => Assert.Equal(["XS82E001", "XS82E002", "XS82E003"], Pool.InstalledOn(host)));
        Assert.Equal(["GET /XS82E001.zip", "GET /XS82E002.zip", "GET /XS82E003.zip"], Pool.Server.Requests.Where(request => request.EndsWith(".zip", StringComparison.Ordinal)));
        Assert.Empty(Pool.Left());
        Assert.True(Pool.Kept.Saved >= 3, "nothing was written down beforehand");
        Assert.All(Pool.Hosts, host => Assert.True(UpdateNeeds.NeedsReboot(Pool.Operated.Picture, host)));
        Assert.Equal("Done. " + Pool.Operated.Picture.NameOf(Pool.Hosts[0]) + " is up to date.", (await Pool.Operated.RunAsync("host.check_updates", Pool.Hosts[0])).Message);
    }

    [Theory]
    [InlineData(OldPool.UpTo70)]
    [InlineData(OldPool.UpTo82)]
    public async Task Install_OfWhatIsNamed_BringsThatAndWhatItRequires(string make)
    {
        await StartAsync(make);
        var first = new MadeUpdate("XS82E001");
        var second = new MadeUpdate("XS82E002") { Requires = [first.Uuid] };
        Pool.Offer(new MadeUpdate("XS82E000"), first, second);

        await Pool.SucceedsAsync(new() { ["updates"] = new JsonArray(second.Uuid) });
        await Pool.SucceedsAsync(new() { ["updates"] = new JsonArray(second.Uuid) });
        var unknown = await Pool.InstallAsync(new() { ["updates"] = new JsonArray("11111111-2222-4333-8444-555555555555") });

        Assert.All(Pool.Hosts, host => Assert.Equal(["XS82E001", "XS82E002"], Pool.InstalledOn(host)));
        Assert.Equal(2, Pool.Server.Requests.Count(request => request.EndsWith(".zip", StringComparison.Ordinal)));
        Assert.Contains("is none of the updates that", unknown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OldPool.UpTo70)]
    [InlineData(OldPool.UpTo82)]
    public async Task Install_ThatFailsOnOneHost_NamesIt_AndGoesOnThereNextTime(string make)
    {
        await StartAsync(make);
        Pool.Offer(new MadeUpdate("XS82E001"), new MadeUpdate("XS82E002"));
        var call = make == OldPool.UpTo70 ? "pool_patch" : "pool_update";
        Pool.Misbehave(new Fault(FaultKind.CallFailure) { Method = $"{call}.apply", Host = Pool.Hosts[1].Uuid, Skip = 1, Times = 1, Error = [call == "pool_patch" ? "PATCH_APPLY_FAILED" : "UPDATE_APPLY_FAILED", "no room for it"] });

        var failed = await Pool.InstallAsync();
        var between = Pool.Hosts.Select(host => string.Join(' ', Pool.InstalledOn(host))).ToList();
        var left = Pool.Left();
        await Pool.SucceedsAsync();

        Assert.Equal(OperationEnd.Failed, failed.End);
        Assert.Contains($"{Pool.Operated.Picture.NameOf(Pool.Hosts[1])} could not install XS82E002: no room for it.", failed.Message, StringComparison.Ordinal);
        Assert.Contains($"{Pool.Operated.Picture.NameOf(Pool.Hosts[0])} has it.", failed.Message, StringComparison.Ordinal);
        Assert.Contains("Done before that: XS82E001 is installed.", failed.Message, StringComparison.Ordinal);
        Assert.Equal(["XS82E001 XS82E002", "XS82E001"], between);
        Assert.Empty(left);
        Assert.Empty(Pool.Left());
        Assert.All(Pool.Hosts, host => Assert.Equal(["XS82E001", "XS82E002"], Pool.InstalledOn(host)));
        // One host of two got the first, then both the second: nothing was put anywhere twice.
        Assert.Equal(5, Pool.Operated.Fleet.Pool.State.Calls.GetValueOrDefault($"Async.{call}.apply"));
        Assert.Single(Pool.Server.Requests, request => request == "GET /XS82E001.zip");
    }

    [Theory]
    [InlineData(OldPool.UpTo70, "OUT_OF_SPACE", "100 MiB free on its own disk, and XS82E001 needs 3 GiB")]
    [InlineData(OldPool.UpTo70, "WRONG_SERVER_VERSION", "is not for this pool")]
    [InlineData(OldPool.UpTo70, "WRONG_SERVER_BUILD", "is for hosts of build")]
    [InlineData(OldPool.UpTo70, "PREREQUISITE_MISSING", "XS82E001 requires 00000000-0000-4000-8000-000000000000, which")]
    [InlineData(OldPool.UpTo70, "ISO_MOUNTED", "the tools ISO is in the drive of a VM")]
    [InlineData(OldPool.UpTo70, "VM_RUNNING", "wants none there")]
    [InlineData(OldPool.UpTo70, "UNKNOWN_ERROR", "does not take XS82E001: simulated")]
    [InlineData(OldPool.UpTo82, "OUT_OF_SPACE", "100 MiB free on its own disk, and XS82E001 needs 3 GiB")]
    [InlineData(OldPool.UpTo82, "WRONG_SERVER_VERSION", "is not for this pool")]
    [InlineData(OldPool.UpTo82, "PREREQUISITE_MISSING", "XS82E001 requires 00000000-0000-4000-8000-000000000000, which")]
    [InlineData(OldPool.UpTo82, "CONFLICT_PRESENT", "XS82E001 conflicts with 00000000-0000-4000-8000-000000000000, which")]
    [InlineData(OldPool.UpTo82, "GPGKEY_NOT_IMPORTED", "does not know the key that XS82E001 is signed with")]
    [InlineData(OldPool.UpTo82, "UNKNOWN_ERROR", "does not take XS82E001: simulated")]
    public async Task Install_ThatAHostWillNotHave_SaysWhichAndWhyAndTouchesNone(string make, string reason, string words)
    {
        await StartAsync(make);
        Pool.Offer(new MadeUpdate("XS82E001"));
        var (call, kind) = make == OldPool.UpTo70 ? ("pool_patch", "PATCH") : ("pool_update", "UPDATE");
        Pool.Misbehave(new Fault(FaultKind.CallFailure) { Method = $"{call}.precheck", Host = Pool.Hosts[1].Uuid, Error = [$"{kind}_PRECHECK_FAILED_{reason}"] });

        var failed = await Pool.InstallAsync();

        Assert.Equal(OperationEnd.Failed, failed.End);
        Assert.Contains(Pool.Operated.Picture.NameOf(Pool.Hosts[1]), failed.Message, StringComparison.Ordinal);
        Assert.Contains(words, failed.Message, StringComparison.Ordinal);
        Assert.All(Pool.Hosts, host => Assert.Empty(Pool.InstalledOn(host)));
        Assert.Empty(Pool.Left());
    }

    [Theory]
    [InlineData(OldPool.UpTo70)]
    [InlineData(OldPool.UpTo82)]
    public async Task Install_OfADownloadThatIsCut_SaysSoAndLeavesNothing(string make)
    {
        await StartAsync(make);
        var update = new MadeUpdate("XS82E001") { Padding = 600_000 };
        var zip = new RawZip().Add(new(Pool.FileOf(update).Name, Pool.FileOf(update).Content) { Method = 0 }).End();
        Pool.Offer((update, new ServedFile(zip) { CutAt = 400_000 }));

        var failed = await Pool.InstallAsync();
        var left = Pool.Left();
        Pool.Offer(update);
        await Pool.SucceedsAsync();

        // A line that is cut may take its first bytes along.
        Assert.Matches("^XS82E001 (ended early, after |could not be downloaded)", failed.Message);
        Assert.Empty(left);
        Assert.Empty(Pool.Left());
    }

    [Fact]
    public async Task Install_OfADownloadThatBreaksMidway_SaysAfterHowMuch()
    {
        var update = new MadeUpdate("XS82E001") { Padding = 600_000 };
        var zip = new RawZip().Add(new("XS82E001.xsupdate", update.File) { Method = 0 }).End();
        await StartAsync(OldPool.UpTo70, services => services.AddSingleton<ICatalogueDownloads>(new BreakingDownloads(zip[..409_600])));
        Pool.Offer(update);

        var failed = await Pool.InstallAsync();

        Assert.Equal("XS82E001 ended early, after 400 KiB (the line broke). Nothing of it was installed; try again, and what is installed by now stays so.", failed.Message);
        Assert.Empty(Pool.Left());
    }

    [Theory]
    [InlineData(OldPool.UpTo70, "wrong byte")]
    [InlineData(OldPool.UpTo82, "wrong byte")]
    [InlineData(OldPool.UpTo70, "several")]
    [InlineData(OldPool.UpTo82, "several")]
    [InlineData(OldPool.UpTo70, "another update")]
    [InlineData(OldPool.UpTo82, "another update")]
    [InlineData(OldPool.UpTo70, "a page")]
    [InlineData(OldPool.UpTo82, "no update")]
    [InlineData(OldPool.UpTo70, "no update")]
    public async Task Install_OfAZipThatLies_IsRefusedAndLeavesNothing(string make, string lie)
    {
        await StartAsync(make);
        var update = new MadeUpdate("XS82E001") { Padding = 100_000 };
        var (name, content) = Pool.FileOf(update);
        var (zip, words) = lie switch
        {
            "wrong byte" => (new RawZip().Add(new(name, content) { Method = 0 }).End(), "does not have the checksum"),
            "several" => (new RawZip().Add(new(name, content)).Add(new($"b{name}", content)).End(), "several files in it that could be meant"),
            "another update" => (Pool.ZipOf(new("XS82E001")), "holds another update"),
            "a page" => ("<html>Sign in</html>"u8.ToArray(), "does not begin as one"),
            _ => (new RawZip().Add(new(name, "something"u8.ToArray())).End(), "is no update that"),
        };
        var served = new ServedFile(zip);
        Pool.Offer((update, lie == "wrong byte" ? served.WrongAt(90_000) : served));

        var failed = await Pool.InstallAsync();

        Assert.Equal(OperationEnd.Failed, failed.End);
        Assert.Contains("XS82E001", failed.Message, StringComparison.Ordinal);
        Assert.Contains(words, failed.Message, StringComparison.Ordinal);
        Assert.All(Pool.Hosts, host => Assert.Empty(Pool.InstalledOn(host)));
        Assert.Empty(Pool.Left());
    }

    [Theory]
    [InlineData(OldPool.UpTo70)]
    [InlineData(OldPool.UpTo82)]
    public async Task Install_CancelledWhileItComes_LeavesNothing(string make)
    {
        await StartAsync(make);
        var update = new MadeUpdate("XS82E001") { Padding = 600_000 };
        var zip = new RawZip().Add(new(Pool.FileOf(update).Name, Pool.FileOf(update).Content) { Method = 0 }).End();
        Pool.Offer((update, new ServedFile(zip) { Pause = TimeSpan.FromSeconds(2) }));
        var run = await Pool.Operated.BeginAsync("pool.install_updates", Pool.Pool);
        while (run.Bytes is not > 0)
            await Task.Delay(10, Token);

        run.Cancel();
        var result = await run.Completion.WaitAsync(Token);

        Assert.Equal((OperationEnd.Cancelled, zip.Length), (result.End, (int)run.Transfer!.Length!));
        Assert.True(run.Bytes < zip.Length);
        Assert.Empty(Pool.Left());
    }

    [Theory]
    [InlineData(OldPool.UpTo70, "PUT /pool_patch_upload")]
    [InlineData(OldPool.UpTo82, "PUT /import_raw_vdi")]
    public async Task Install_WhoseUploadFails_SaysWhatTheHostSays(string make, string upload)
    {
        await StartAsync(make);
        Pool.Offer(new MadeUpdate("XS82E001") { Padding = 100_000 });
        Pool.Misbehave(new Fault(FaultKind.StreamFailure) { Method = upload, Times = 1 });

        var failed = await Pool.InstallAsync();

        Assert.Equal(OperationEnd.Failed, failed.End);
        Assert.Empty(Pool.Left());
        await Pool.SucceedsAsync();
    }

    /// <summary>Somebody may have brought it with another program.</summary>
    [Theory]
    [InlineData(OldPool.UpTo70)]
    [InlineData(OldPool.UpTo82)]
    public async Task Install_OfWhatThePoolHasTheFileOf_DownloadsNothing(string make)
    {
        await StartAsync(make);
        var update = new MadeUpdate("XS82E001");
        Pool.Offer(update);
        var call = make == OldPool.UpTo70 ? "pool_patch" : "pool_update";
        // The first time the file is brought, and cannot be taken away again.
        Pool.Misbehave(new Fault(FaultKind.CallFailure) { Method = $"{call}.precheck", Times = 1, Error = ["HOST_OFFLINE", Pool.Hosts[0].Ref] });
        Pool.Misbehave(new Fault(FaultKind.CallFailure) { Method = $"{call}.pool_clean", Times = 1, Error = ["INTERNAL_ERROR", "a test refuses it"] });
        Assert.Equal(OperationEnd.Failed, (await Pool.InstallAsync()).End);
        Assert.NotEmpty(Pool.Left());
        Assert.Single(Pool.Kept.All);

        await Pool.SucceedsAsync();

        Assert.All(Pool.Hosts, host => Assert.Equal(["XS82E001"], Pool.InstalledOn(host)));
        Assert.Single(Pool.Server.Requests, request => request == "GET /XS82E001.zip");
    }

    [Fact]
    public async Task Install_OnSomeHostsOnly_OrWithHa_IsRefused()
    {
        await StartAsync(OldPool.UpTo82);
        Pool.Offer(new MadeUpdate("XS82E001"));

        var some = await Pool.Operated.RefusalAsync("pool.install_updates", Pool.Pool, new() { ["hosts"] = new JsonArray(Pool.Hosts[0].Uuid) });
        Pool.Db.Pool["ha_enabled"] = true;
        await Pool.Operated.Fleet.UntilPictureAsync(now => now.Pool!.HaEnabled, Token);
        var protectedPool = await Pool.Operated.RefusalAsync("pool.install_updates", Pool.Pool);
        var told = await Assert.ThrowsAsync<PatchingException>(() => Pool.Operated.Installer.InstallOnPoolAsync(Pool.Operated.Picture.Uuid, static _ => { }, Token));

        Assert.Contains("all hosts of this pool at once", some, StringComparison.Ordinal);
        Assert.Contains("Switch it off first", protectedPool, StringComparison.Ordinal);
        Assert.Contains("Switch it off first", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Install_WithoutRoomForTheImage_SaysHowMuchIsNeeded()
    {
        await StartAsync(OldPool.UpTo82);
        Pool.Offer(new MadeUpdate("XS82E001") { Padding = 1 << 20 });
        Pool.Db.Update(() =>
        {
            foreach (var sr in Pool.Db.All("SR"))
                sr["physical_utilisation"] = sr.Int("physical_size");
        });
        await Pool.Operated.Fleet.UntilPictureAsync(now => now.All<Core.Model.Sr>().All(sr => SrFacts.UseOf(sr).Free == 0), Token);

        var failed = await Pool.InstallAsync();

        Assert.Contains("which the image of XS82E001 needs while it is installed. Free some, or connect storage.", failed.Message, StringComparison.Ordinal);
        Assert.Empty(Pool.Left());
    }

    [Fact]
    public async Task Install_WithoutTheRight_IsRefusedBeforeAnythingIsFetched()
    {
        await StartAsync(OldPool.UpTo70);
        Pool.Offer(new MadeUpdate("XS82E001"));
        Pool.Operated.Grant([], (Role.VmAdministrator, Pool.Pool));

        var refusal = await Pool.Operated.RefusalAsync("pool.install_updates", Pool.Pool, by: OperatedPool.Bob);

        Assert.Contains("Install updates", refusal, StringComparison.Ordinal);
        Assert.Empty(Pool.Server.Requests);
    }

    [Theory]
    [InlineData(OldPool.UpTo70)]
    [InlineData(OldPool.UpTo82)]
    public async Task Installer_ForARollingUpdate_TellsWhatGoesOn_AndDoesNothingTwice(string make)
    {
        await StartAsync(make);
        Pool.Offer(new MadeUpdate("XS82E001"));
        var told = new List<string>();

        await Pool.Operated.Installer.InstallOnPoolAsync(Pool.Operated.Picture.Uuid, told.Add, Token);
        await Pool.Operated.Installer.InstallOnPoolAsync(Pool.Operated.Picture.Uuid, told.Add, Token);

        Assert.Equal("XS82E001, 1 of 1", told[0]);
        Assert.EndsWith("lacks nothing", told[^1], StringComparison.Ordinal);
        Assert.Single(Pool.Server.Requests, request => request == "GET /XS82E001.zip");
        Assert.Empty(Pool.Left());
    }

    /// <summary>Whoever waited for it goes; what it had brought goes, too.</summary>
    [Theory]
    [InlineData(OldPool.UpTo70)]
    [InlineData(OldPool.UpTo82)]
    public async Task Installer_ThatIsStoppedInTheMiddle_LeavesNothing(string make)
    {
        await StartAsync(make);
        var update = new MadeUpdate("XS82E001") { Padding = 600_000 };
        var zip = new RawZip().Add(new(Pool.FileOf(update).Name, Pool.FileOf(update).Content) { Method = 0 }).End();
        Pool.Offer((update, new ServedFile(zip) { Pause = TimeSpan.FromSeconds(2) }));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var installing = Pool.Operated.Installer.InstallOnPoolAsync(Pool.Operated.Picture.Uuid, static _ => { }, stop.Token);
        while (!Pool.Db.Update(() => Pool.Db.All("task").Any(task => task.Text("name_label") == "Upload of XS82E001" || task.Text("name_label") == "Writing a disk")))
            await Task.Delay(10, Token);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => installing);
        await Pool.CleanAsync(Token);

        Assert.Empty(Pool.Left());
    }

    /// <summary>Gives these bytes of each update, and breaks.</summary>
    private sealed class BreakingDownloads(byte[] bytes) : ICatalogueDownloads
    {
        public Task<CatalogueDownload> OpenAsync(MissingUpdate update, CancellationToken token) => Task.FromResult(new CatalogueDownload(new RemoteFile(new Breaking(new MemoryStream(bytes)), null), "example.org"));

        private sealed class Breaking(Stream source) : ForwardStream(source)
        {
            public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
                await Source.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new IOException("the line broke");
        }
    }
}
