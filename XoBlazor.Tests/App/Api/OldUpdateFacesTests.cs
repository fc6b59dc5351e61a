using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using XoBlazor.Core.Audit;
using XoBlazor.Tests.App.Api.Rest;
using XoBlazor.Tests.App.Cli.Client;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support.Patching;

namespace XoBlazor.Tests.App.Api;

/// <summary>Updates of XenServer up to 8.2 through the faces that programs have.</summary>
public sealed class OldUpdateFacesTests
{
    private static readonly MadeUpdate s_first = new("XS82E001");
    private static readonly MadeUpdate s_second = new("XS82E002") { Requires = [s_first.Uuid] };

    [Fact]
    public async Task InstallPatches_ByUuids_InstallsThoseAndWhatTheyRequire()
    {
        await using var old = await OldPoolServer.StartAsync("citrix-hypervisor-8.2");
        old.Offer(ZipOf, new MadeUpdate("XS82E000"), s_first, s_second);
        await using var rpc = await RpcClient.AdminAsync(old.Server!);

        Assert.True((bool)(await rpc.ResultAsync("pool.installPatches", new JsonObject { ["pool"] = old.Pool.Uuid, ["patches"] = new JsonArray(s_second.Uuid) }))!);
        var missing = (await rpc.ResultAsync("pool.listMissingPatches", new JsonObject { ["host"] = old.Picture.Pool!.Master.Value is { } master ? old.Picture.Get(master)!.Uuid : "" }))!.AsArray();

        Assert.Equal("XS82E001 XS82E002", old.InstalledOnAll());
        Assert.Equal(["XS82E000"], missing.Select(one => (string)one!["name"]!));
        Assert.Single(old.Server!.Audit("pool.install_updates"), act => act.Outcome == AuditOutcome.Succeeded);
    }

    [Fact]
    public async Task UpdateFile_ByRest_IsInstalled_AndWhatIsNoneIsRefusedInWords()
    {
        await using var old = await OldPoolServer.StartAsync("citrix-hypervisor-8.2");
        using var rest = await RestClient.AdminAsync(old.Server!);

        var (bad, words) = await PutAsync(rest, old, "no update"u8.ToArray());
        var (good, _) = await PutAsync(rest, old, ZipOf(s_first));

        Assert.False((int)bad is >= 200 and < 300, $"{bad}");
        Assert.Contains("neither a zip nor an ISO image", words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, good);
        Assert.Equal("XS82E001", old.InstalledOnAll());
        await old.Server!.WaitAsync(() => old.Server!.Audit("pool.install_update_file").Any(act => act.Outcome == AuditOutcome.Succeeded));
    }

    [Fact]
    public async Task UpdateFile_ByCommandLine_IsInstalled()
    {
        await using var old = await OldPoolServer.StartAsync("xenserver-7.0");
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder.File("XS70E001.zip"), Zip.Of(("XS70E001.xsupdate", new MadeUpdate("XS70E001").File)), old.Token);
        using var home = new CliHome();
        var login = await home.PipeAsync(TestServer.Password + "\n", "login", "--url", old.Server!.Address!.AbsoluteUri, "--user", TestServer.Admin, "--password-stdin");
        Assert.True(login.Code == 0, login.All);

        var installed = await home.RunAsync("pool", "install-update-file", old.Pool.Uuid, folder.File("XS70E001.zip"));

        Assert.True(installed.Code == 0, installed.All);
        Assert.Equal("XS70E001", old.InstalledOnAll());
    }

    private static byte[] ZipOf(MadeUpdate update) => Zip.Of(($"{update.Name}.iso", update.Disc), ("sources.tar.bz2", [1, 2, 3]));

    private static async Task<(HttpStatusCode Status, string Text)> PutAsync(RestClient rest, OldPoolServer old, byte[] bytes)
    {
        using var body = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        using var answer = await rest.Http.PutAsync($"{RestClient.Root}/pools/{old.Pool.Uuid}/update_file", body, old.Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(old.Token));
    }
}
