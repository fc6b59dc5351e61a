using System.Buffers;
using System.IO.Compression;
using XoBlazor.Simulator.Behaviour;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Streams;
using XoBlazor.Simulator.Streams.Zstd;

namespace XoBlazor.Simulator.Wire;

/// <summary>Whole VMs out and in, as XVA (xapi-protocol.md §8.2, §8.3).</summary>
internal static class VmPages
{
    private const int MagicLength = 4;

    /// <summary>Uncompressed, gzip or zstd. A host from before zstd gives those who ask for that the plain archive.</summary>
    public static async Task ExportAsync(PoolSimulator pool, HttpContext http)
    {
        var answer = new StreamAnswer(pool, http);
        var found = answer.Find("VM", "ref", "uuid");
        var objects = found is null ? null : new OvaObjects(pool, found, http.Request.Query["preserve_power_state"] == "true");
        var host = objects is null ? null : HostReach.Find(pool.Db, answer.Host, objects.Disks.Select(disk => disk.Vdi.Follow("SR", "SR")));
        if (await answer.RedirectAsync(host)) return;
        await answer.RunAsync("VM.export", XapiException.Internal("Unix.Unix_error(Unix.EPIPE, \"write\", \"\")"), async task =>
        {
            var vm = found ?? throw XapiException.HandleInvalid("VM", http.Request.Query["ref"].ToString());
            using var mark = pool.Db.Update(() =>
            {
                AllowedOperations.Assert(vm, "export");
                return OperationMark.Put(vm, "export", task.Ref);
            });
            if (host is null) throw new XapiException("NO_HOSTS_AVAILABLE");
            await answer.StartAsync(task, "application/octet-stream", "export.xva");
            var export = new VmExport(pool, objects!, host.Ref, task);
            var compression = http.Request.Query["use_compression"].ToString();
            if (compression == "zstd" && pool.KnowsZstd)
            {
                await using var compressed = new ZstdCompressor(answer.Output);
                await export.WriteAsync(compressed);
                await compressed.EndAsync(task.Token);
            }
            else if (compression is "true" or "gzip")
            {
                // Closed only when all went well: what is closed ends as if it were whole.
                var compressed = new GZipStream(answer.Output, CompressionLevel.Fastest, leaveOpen: true);
                await export.WriteAsync(compressed);
                await compressed.DisposeAsync();
            }
            else
            {
                await export.WriteAsync(answer.Output);
            }

            return "";
        });
    }

    public static async Task ImportAsync(PoolSimulator pool, HttpContext http)
    {
        var answer = new StreamAnswer(pool, http);
        if (http.Request.Headers.TransferEncoding.Count > 0)
        {
            await answer.RefuseAsync(HtmlPage.Forbidden, new("IMPORT_ERROR_CANNOT_HANDLE_CHUNKED"));
            return;
        }

        if (Storage(pool, http, answer) is not { } sr)
        {
            // A real host leaves the client's task pending for ever here.
            await RequestHandler.AnswerAsync(http, StreamAnswer.PageOf(IsNamed(http) ? new("NO_HOSTS_AVAILABLE") : new("DEFAULT_SR_NOT_FOUND", XapiValue.NullRef.Text)));
            return;
        }

        if (sr.Text("content_type") == "iso")
            await answer.RefuseAsync(HtmlPage.BadRequest, new("SR_OPERATION_NOT_SUPPORTED", sr.Ref));
        else if (HostReach.Find(pool.Db, answer.Host, [sr]) is not { } host)
            await RequestHandler.AnswerAsync(http, StreamAnswer.PageOf(new("NO_HOSTS_AVAILABLE")));
        else if (!await answer.RedirectAsync(host))
            await answer.RunAsync("VM.import", new("IMPORT_ERROR_PREMATURE_EOF"), task => ImportAsync(pool, http, answer, sr, task), appends: true);
    }

    private static async Task<string> ImportAsync(PoolSimulator pool, HttpContext http, StreamAnswer answer, DbObject sr, StreamTask task)
    {
        await answer.StartAsync(task, "application/octet-stream");
        await using var input = await DecompressAsync(pool, answer, task.Token);
        var import = new VmImport(pool, task, sr, http.Request.Query["restore"] == "true", http.Request.Query["force"] == "true");
        return await import.RunAsync(input);
    }

    private static DbObject? Storage(PoolSimulator pool, HttpContext http, StreamAnswer answer) =>
        IsNamed(http) ? answer.Find("SR", "sr_id", "sr_uuid") : pool.Db.Pool.Follow("default_SR", "SR");

    private static bool IsNamed(HttpContext http) => http.Request.Query.ContainsKey("sr_id") || http.Request.Query.ContainsKey("sr_uuid");

    /// <summary>Looks at the first bytes, leaves them in the stream, and reads through the compression that they tell of.</summary>
    private static async Task<Stream> DecompressAsync(PoolSimulator pool, StreamAnswer answer, CancellationToken cancellation)
    {
        var start = await answer.Source.ReadAtLeastAsync(MagicLength, cancellation);
        var magic = start.Buffer.Slice(0, Math.Min(start.Buffer.Length, MagicLength)).ToArray();
        answer.Source.AdvanceTo(start.Buffer.Start);
        return magic switch
        {
            [0x1F, 0x8B, ..] => new GZipStream(answer.Input, CompressionMode.Decompress),
            [0x28, 0xB5, 0x2F, 0xFD] when pool.KnowsZstd => new ZstdDecompressor(answer.Input),
            _ => answer.Input,
        };
    }
}
