using XoBlazor.Simulator.Behaviour;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Streams;
using XoBlazor.Simulator.Streams.Qcow2;

namespace XoBlazor.Simulator.Wire;

/// <summary>Contents of disks out and in, raw, as VHD or as qcow2 (xapi-protocol.md §8.5).</summary>
internal static class DiskPages
{
    /// <summary>So much is said by clients that do not know how much they will send; they cut the connection at the end.</summary>
    private const long Unknown = 1L << 50;

    public static async Task ExportAsync(PoolSimulator pool, HttpContext http)
    {
        var answer = new StreamAnswer(pool, http);
        var format = Format(pool, http);
        if (format is null || http.Request.Query.ContainsKey("base"))
        {
            await answer.RefuseAsync(HtmlPage.NotFound, format is null ? UnknownFormat(http) : XapiException.Internal("Failure(\"no differences are simulated\")"));
            return;
        }

        var found = answer.Find("VDI", "vdi");
        var host = HostReach.Find(pool.Db, answer.Host, [found?.Follow("SR", "SR")]);
        if (await answer.RedirectAsync(host)) return;
        await answer.RunAsync("Exporting raw VDI", XapiException.Internal("Unix.Unix_error(Unix.EPIPE, \"write\", \"\")"), async task =>
        {
            var vdi = found ?? throw XapiException.HandleInvalid("VDI", http.Request.Query["vdi"].ToString());
            var size = vdi.Int("virtual_size");
            if (host is null) throw new XapiException("NO_HOSTS_AVAILABLE");
            if (format == "vhd" && size > VhdFormat.LargestDisk) throw new XapiException("VDI_TOO_LARGE", vdi.Ref, $"{VhdFormat.LargestDisk}");
            using var attachment = DiskAttachment.Begin(vdi, host.Ref, writes: false);
            await answer.StartAsync(task, format switch { "vhd" => "application/vhd", "qcow2" => "application/x-qemu-disk", _ => "application/octet-stream" }, $"{vdi.Uuid}.{format}");
            var content = pool.Contents.Of(vdi);
            await (format switch
            {
                "vhd" => VhdWriter.WriteAsync(content, size, Guid.TryParse(vdi.Uuid, out var id) ? id : default, answer.Output, task.Progress, task.Token),
                "qcow2" => Qcow2Writer.WriteAsync(content, size, answer.Output, task.Progress, task.Token),
                _ => RawImage.WriteAsync(content, size, answer.Output, task.Progress, task.Token),
            });
            return "";
        });
    }

    public static async Task ImportAsync(PoolSimulator pool, HttpContext http)
    {
        var answer = new StreamAnswer(pool, http);
        var format = Format(pool, http);
        if (format is null || http.Request.Headers.TransferEncoding.Count > 0 || http.Request.Query.ContainsKey("chunked"))
        {
            await answer.RefuseAsync(HtmlPage.NotFound, format is null ? UnknownFormat(http) : XapiException.Internal("Failure(\"Cannot handle chunked\")"));
            return;
        }

        var found = answer.Find("VDI", "vdi");
        var sr = found is null ? answer.Find("SR", "sr_id") : found.Follow("SR", "SR");
        var host = HostReach.Find(pool.Db, answer.Host, [sr]);
        if (await answer.RedirectAsync(host)) return;
        await answer.RunAsync("Importing raw VDI", new("VDI_IO_ERROR", "Device I/O errors"), async task =>
        {
            if (host is null) throw new XapiException("NO_HOSTS_AVAILABLE");
            await answer.StartAsync(task, "application/octet-stream");
            var vdi = found ?? Introduce(sr ?? throw XapiException.HandleInvalid("VDI", http.Request.Query["vdi"].ToString()), http, format);
            using var attachment = DiskAttachment.Begin(vdi, host.Ref, writes: true);
            await ReadAsync(pool, http, answer.Input, vdi, format, task);
            return XmlText.OfTaskResult(vdi.Ref);
        });
    }

    private static async Task ReadAsync(PoolSimulator pool, HttpContext http, Stream input, DbObject vdi, string format, StreamTask task)
    {
        switch (format)
        {
            case "vhd":
                await new VhdReader(input, task.Token).ReadAsync(vdi, pool.Contents, task.Progress);
                return;
            case "qcow2":
                await new Qcow2Reader(input, vdi, pool.Contents, task.Token).ReadAsync(task.Progress);
                return;
        }

        var length = LengthOf(http);
        if (length > vdi.Int("virtual_size") && length < Unknown) throw new XapiException("VDI_TOO_SMALL", vdi.Ref, $"{length}");
        await RawImage.ReadAsync(input, length, vdi, pool.Contents, task.Progress, task.Token);
    }

    /// <summary>A new disk for a raw image that comes without one.</summary>
    private static DbObject Introduce(DbObject sr, HttpContext http, string format)
    {
        if (format != "raw") throw XapiException.HandleInvalid("VDI", "");
        var size = Disks.Round(LengthOf(http));
        Disks.AssertRoom(sr, size);
        return Disks.Introduce(sr.Db, sr, [("name_label", "Imported VDI"), ("type", "user"), ("virtual_size", size)]);
    }

    private static long LengthOf(HttpContext http) => http.Request.ContentLength ?? throw XapiException.Internal("Failure(\"We require a content-length: HTTP header\")");

    /// <summary>Null for one that this age of hosts does not know.</summary>
    private static string? Format(PoolSimulator pool, HttpContext http) => http.Request.Query["format"].ToString().ToLowerInvariant() switch
    {
        "" or "raw" => "raw",
        "vhd" => "vhd",
        "qcow2" when pool.KnowsQcow2 => "qcow2",
        _ => null,
    };

    private static XapiException UnknownFormat(HttpContext http) => XapiException.Internal($"Unknown format {http.Request.Query["format"]}");
}
