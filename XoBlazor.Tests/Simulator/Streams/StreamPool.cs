using System.Net;
using System.Net.Sockets;
using System.Text;
using XoBlazor.Simulator;
using XoBlazor.Simulator.Behaviour;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Streams;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Simulator.Streams;

/// <summary>The demonstration's pool as somebody meets it who streams VMs and disks: plain HTTP with a session, and the rows behind it.</summary>
internal sealed class StreamPool : IAsyncDisposable
{
    private readonly SimulatorHost _host;
    private readonly HttpClient _http;

    private StreamPool(SimulatorHost host, RpcClient rpc)
    {
        (_host, Rpc) = (host, rpc);
        _http = NewClient();
        _http.DefaultRequestHeaders.Add("Cookie", $"session_id={rpc.Session}");
    }

    public RpcClient Rpc { get; }

    public SimulatedPool Pool => _host.Pools[0];

    public Database Db => Pool.Simulator.Db;

    public DiskStore Contents => Pool.Simulator.Contents;

    /// <summary>Storage that every host reaches.</summary>
    public DbObject Shared => Db.Where("SR", "name_label", "NFS fast")[0];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<StreamPool> StartAsync(PoolOptions? options = null, string? asVersion = null)
    {
        var host = await SimulatorHost.StartAsync(
            new() { Pools = [PoolSource.Demo()[0]], Pool = (options ?? new()) with { OperationDuration = TimeSpan.Zero }, KeepsHouse = false, AsVersion = asVersion }, Token);
        return new(host, await RpcClient.LogInAsync(host.Pools[0].HttpUrl, Token));
    }

    /// <summary>A client that follows nothing and trusts every host.</summary>
    public static HttpClient NewClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
    })
    { Timeout = Patience.Limit };

    /// <summary>A halted VM with an interface and disks of these sizes, all zeros.</summary>
    public DbObject MakeVm(string name, DbObject sr, params ReadOnlySpan<long> sizes)
    {
        var vm = Db.Create("VM", ("name_label", name), ("power_state", "Halted"), ("other_config", XapiValue.MapOf(("mac_seed", name))), ("metrics", Db.Create("VM_metrics").Ref));
        Db.Create("VIF", ("VM", vm.Ref), ("device", "0"), ("MAC", "02:00:00:00:00:01"), ("MTU", 1500), ("network", Db.All("network")[0].Ref));
        for (var index = 0; index < sizes.Length; index++)
        {
            var vdi = Disks.Introduce(Db, sr, [("name_label", $"{name} {index}"), ("virtual_size", sizes[index]), ("type", "user")]);
            Db.Create("VBD", ("VM", vm.Ref), ("VDI", vdi.Ref), ("userdevice", $"{index}"), ("mode", "RW"), ("type", "Disk"));
        }

        AllowedOperations.Update(vm);
        return vm;
    }

    public static IReadOnlyList<DbObject> DisksOf(DbObject vm) => [.. vm.FollowAll("VBDs", "VBD").Where(vbd => vbd.Text("type") == "Disk")
        .OrderBy(vbd => vbd.Text("userdevice"), StringComparer.Ordinal).Select(vbd => vbd.Follow("VDI", "VDI")!)];

    /// <summary>Puts bytes that belong to nobody else into a block.</summary>
    public void Write(DbObject vdi, long block, int seed)
    {
        var bytes = new byte[Math.Min(DiskBlock.Size, vdi.Int("virtual_size") - (block * DiskBlock.Size))];
        new Random(seed).NextBytes(bytes);
        Contents.Write(vdi, block, bytes, new byte[DiskBlock.Size]);
    }

    /// <summary>A whole small disk.</summary>
    public byte[] Bytes(DbObject vdi)
    {
        var bytes = new byte[vdi.Int("virtual_size")];
        var content = Contents.Of(vdi);
        for (var start = 0; start < bytes.Length; start += DiskBlock.Size)
            content.Read(start / DiskBlock.Size, bytes.AsSpan(start, Math.Min(DiskBlock.Size, bytes.Length - start)));
        return bytes;
    }

    public async Task<DbObject> NewTaskAsync() =>
        Db.Get("task", (await Rpc.CallAsync("task.create", Token, "a stream", "")).GetString()!);

    /// <summary>Asks for a stream; what is answered may go on.</summary>
    public Task<HttpResponseMessage> GetAsync(string path) =>
        _http.GetAsync(new Uri(Pool.HttpUrl, path), HttpCompletionOption.ResponseHeadersRead, Token);

    public async Task<byte[]> DownloadAsync(string path)
    {
        using var answer = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsByteArrayAsync(Token);
    }

    public async Task<(HttpStatusCode Status, string Body)> PutAsync(string path, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(Pool.HttpUrl, path)) { Content = content };
        using var answer = await _http.SendAsync(request, Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Token));
    }

    /// <summary>Sends the head and so much of the body of an upload, and leaves the rest to the caller.</summary>
    /// <param name="length">What is announced; null for nothing.</param>
    public async Task<TcpClient> SendAsync(string path, long? length, byte[] bytes)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, Pool.HttpUrl.Port, Token);
        var head = $"PUT /{path} HTTP/1.1\r\nHost: host\r\nCookie: session_id={Rpc.Session}\r\n{(length is null ? "" : $"Content-Length: {length}\r\n")}\r\n";
        await socket.GetStream().WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. bytes], Token);
        return socket;
    }

    /// <summary>Uploads under a task, and gives the task when it has ended.</summary>
    public async Task<DbObject> UploadAsync(string path, byte[] bytes)
    {
        var task = await NewTaskAsync();
        try
        {
            var (status, _) = await PutAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}task_id={task.Ref}", new ByteArrayContent(bytes));
            Assert.Equal(HttpStatusCode.OK, status);
        }
        catch (HttpRequestException)
        {
            // A host that fails before it has read everything does not wait for the rest.
        }

        await EndAsync(task);
        return task;
    }

    /// <summary>Imports an archive and gives its only VM.</summary>
    public async Task<DbObject> ImportAsync(byte[] archive, string more = "")
    {
        var task = await UploadAsync($"import?sr_id={Shared.Ref}{more}", archive);
        Assert.Equal(("success", ""), (task.Text("status"), string.Join(' ', task["error_info"].AsTexts)));
        var result = task.Text("result");
        Assert.StartsWith("<value><array><data><value>OpaqueRef:", result, StringComparison.Ordinal);
        return Db.Get("VM", result["<value><array><data><value>".Length..result.IndexOf("</value>", StringComparison.Ordinal)]);
    }

    /// <summary>Waits until the task has ended, and gives its failure.</summary>
    public async Task<string[]> EndAsync(DbObject task)
    {
        await UntilAsync(() => task.Text("status") != "pending");
        return [.. task["error_info"].AsTexts];
    }

    /// <summary>Waits until the database shows something.</summary>
    public async Task UntilAsync(Func<bool> shows)
    {
        using var patience = Patience.Source();
        while (true)
        {
            var change = Db.NextChange;
            if (shows()) return;
            await change.WaitAsync(patience.Token);
        }
    }

    /// <summary>How many rows there are of what an import makes.</summary>
    public string Census() => string.Join(' ', new[] { "VM", "VM_metrics", "VM_guest_metrics", "VBD", "VBD_metrics", "VIF", "VIF_metrics", "VDI", "network" }
        .Select(type => $"{type} {Db.All(type).Count}"));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        Rpc.Dispose();
        await _host.DisposeAsync();
    }
}
