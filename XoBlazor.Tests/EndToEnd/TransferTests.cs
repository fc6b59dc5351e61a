using Microsoft.Playwright;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using static Microsoft.Playwright.Assertions;
using static XoBlazor.Tests.App.Support.TransferBench;

namespace XoBlazor.Tests.EndToEnd;

/// <summary>Files out of a pool and into it in a browser: what arrives is what was sent, byte for byte.</summary>
public sealed class TransferTests : IAsyncLifetime
{
    private TransferBench _bench = null!;
    private Browser _chromium = null!;
    private IPage _page = null!;

    private string Root => _bench.Server.Address!.AbsoluteUri;

    public async ValueTask InitializeAsync()
    {
        _bench = await TransferBench.StartAsync(onAPort: true);
        _chromium = await Browser.StartAsync();
        _page = await _chromium.OpenAsync(Root);
        await _page.SignInAsync(TestServer.Admin, TestServer.Password);
    }

    public async ValueTask DisposeAsync()
    {
        await _chromium.DisposeAsync();
        await _bench.DisposeAsync();
    }

    [Fact]
    public async Task Vm_ExportedAndDroppedOnThePage_IsTheSame()
    {
        var content = Bytes(4 * MiB, 11);
        var vm = await _bench.HaltedVmAsync("data", content);
        var before = _bench.Picture.All<Vm>().Select(one => one.Uuid).ToHashSet();

        await OpenAsync($"vms/{_bench.Pool.Uuid}/{vm.Uuid}");
        await ActAsync("Export");
        var dialog = _page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Compression").SelectOptionAsync("gzip");
        var fetching = _page.WaitForDownloadAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Export", Exact = true }).ClickAsync();
        var download = await fetching;
        var xva = await ReadAsync(download);

        await OpenAsync("vms");
        await DropAsync(download.SuggestedFilename, xva);
        await Expect(dialog.GetByLabel("What it is")).ToHaveValueAsync("sr.import_vm");
        await dialog.GetByLabel("Storage").SelectOptionAsync(_bench.Storage.Uuid);
        await dialog.GetByLabel("Name", new() { Exact = true }).FillAsync("came back");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();

        await _bench.Server.WaitAsync(() => _bench.Picture.All<Vm>().Any(one => one.NameLabel == "came back" && one.CurrentOperations.Count == 0));
        var made = _bench.Picture.All<Vm>().Single(one => one.NameLabel == "came back" && !before.Contains(one.Uuid));
        Assert.EndsWith(".xva", download.SuggestedFilename, StringComparison.Ordinal);
        Assert.Equal(content, await _bench.ContentAsync(made, "data"));
    }

    [Fact]
    public async Task Disk_ExportedAsVhd_IsImportedByTheFileChooser()
    {
        var content = Bytes(2 * MiB, 12);
        var disk = await _bench.FillAsync("small", content);

        await OpenAsync($"vdis/{_bench.Pool.Uuid}/{disk.Uuid}");
        await ActAsync("Export");
        var dialog = _page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Format").SelectOptionAsync("vhd");
        var fetching = _page.WaitForDownloadAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Export", Exact = true }).ClickAsync();
        var download = await fetching;
        var vhd = await ReadAsync(download);

        await OpenAsync("storage");
        await _page.GetByRole(AriaRole.Button, new() { Name = "Import" }).ClickAsync();
        await dialog.GetByLabel("File").SetInputFilesAsync(new FilePayload { Name = "copy.vhd", MimeType = "application/vhd", Buffer = vhd });
        await Expect(dialog.GetByLabel("Format")).ToHaveValueAsync("vhd");
        await Expect(dialog.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("copy");
        await dialog.GetByLabel("Storage").SelectOptionAsync(_bench.Storage.Uuid);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();

        await _bench.Server.WaitAsync(() => _bench.Server.Audit("sr.import_disk").Any(act => act.Outcome == AuditOutcome.Succeeded) && _bench.Picture.All<Vdi>().Any(one => one.NameLabel == "copy"));
        Assert.Equal(("small.vhd", content.Length), (download.SuggestedFilename, _bench.Picture.All<Vdi>().Single(one => one.NameLabel == "copy").VirtualSize));
        Assert.Equal(content, await _bench.ContentAsync(_bench.Picture.All<Vdi>().Single(one => one.NameLabel == "copy").Uuid));
        await OpenAsync("transfers");
        await Expect(_page.GetByRole(AriaRole.Table, new() { Name = "Transfers" }).GetByRole(AriaRole.Row).Filter(new() { HasText = "Import a disk" })).ToContainTextAsync(TestServer.Admin);
    }

    [Fact]
    public async Task Iso_WhoseConnectionIsCut_GoesOnAndIsInTheLibrary()
    {
        var iso = Iso(8 * MiB, 13);
        var cut = 0;
        // The browser's own connection to the server breaks once, in the middle.
        await _page.RouteAsync("**/api/transfers/*", async route =>
        {
            if (route.Request.Method == "PATCH" && cut++ == 0)
                await route.AbortAsync("connectionreset");
            else
                await route.ContinueAsync();
        });

        await OpenAsync($"srs/{_bench.Pool.Uuid}/{_bench.Library.Uuid}?tab=disks");
        await _page.GetByRole(AriaRole.Button, new() { Name = "Upload an ISO" }).First.ClickAsync();
        var dialog = _page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("File").SetInputFilesAsync(new FilePayload { Name = "rescue.iso", MimeType = "application/octet-stream", Buffer = iso });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Upload an ISO", Exact = true }).ClickAsync();

        await Expect(_page.GetByRole(AriaRole.Table, new() { Name = "Disks" })).ToContainTextAsync("rescue");
        await _bench.Server.WaitAsync(() => _bench.Server.Audit("sr.import_iso").Any(act => act.Outcome == AuditOutcome.Succeeded));
        Assert.True(cut >= 2);
        Assert.Equal(iso, await _bench.ContentAsync(_bench.Picture.All<Vdi>().Single(one => one.NameLabel == "rescue").Uuid));
    }

    [Fact]
    public async Task Address_OfASignIn_IsNobodyElses()
    {
        var disk = await _bench.FillAsync("mine", Bytes(2 * MiB, 14));
        await OpenAsync($"vdis/{_bench.Pool.Uuid}/{disk.Uuid}");
        await ActAsync("Export");
        // The browser is told where it is and does not go there yet.
        await _page.EvaluateAsync("() => { HTMLAnchorElement.prototype.click = function () { window.offered = this.href; }; }");
        await _page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Export", Exact = true }).ClickAsync();
        await _page.WaitForFunctionAsync("() => window.offered");
        var address = await _page.EvaluateAsync<string>("() => window.offered");
        using var stranger = _bench.Server.Browser();
        using var answer = await stranger.GetAsync(address, _bench.Token);
        var unknown = _bench.Server.Audit("vdi.export").Count;
        var own = await _page.EvaluateAsync<int>("async () => (await (await fetch(window.offered)).arrayBuffer()).byteLength");

        Assert.Equal((System.Net.HttpStatusCode.NotFound, 0), (answer.StatusCode, unknown));
        Assert.Equal(2 * MiB, own);
    }

    private async Task OpenAsync(string path)
    {
        await _page.GotoAsync(Root + path);
        await _page.Locator("main h1").WaitForAsync();
        // The page answers once its circuit is there; until then a click does nothing.
        await _page.Locator("[data-transfers=ready]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }

    private async Task ActAsync(string title)
    {
        await _page.GetByRole(AriaRole.Button, new() { Name = "More actions" }).ClickAsync();
        await _page.GetByRole(AriaRole.Menuitem, new() { Name = title, Exact = true }).ClickAsync();
    }

    /// <summary>As a person drags a file from elsewhere onto the page.</summary>
    private Task DropAsync(string name, byte[] content) => _page.EvaluateAsync(
        """
        async ([name, content]) => {
          const data = new DataTransfer();
          data.items.add(new File([Uint8Array.from(atob(content), c => c.charCodeAt(0))], name));
          for (const type of ["dragenter", "dragover", "drop"])
            document.querySelector("main").dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
        }
        """, new[] { name, Convert.ToBase64String(content) });

    private static async Task<byte[]> ReadAsync(IDownload download) => await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
}
