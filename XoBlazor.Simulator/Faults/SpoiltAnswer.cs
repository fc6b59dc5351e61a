using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace XoBlazor.Simulator.Faults;

/// <summary>What becomes of an answer that a fault spoils: events twice or in another order, things that no datamodel knows, or only its beginning.</summary>
internal static class SpoiltAnswer
{
    private const string Unknown = "simulator_unknown";

    /// <summary>Lets the pool answer into memory and gives back the body; headers wait until something is written.</summary>
    public static async Task<byte[]> TakeAsync(HttpContext http, RequestDelegate next)
    {
        var wire = http.Response.Body;
        using var memory = new MemoryStream();
        http.Response.Body = memory;
        try
        {
            await next(http);
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
        }
        finally
        {
            http.Response.Body = wire;
        }

        return memory.ToArray();
    }

    /// <summary>Sends the beginning under the header of the whole; the server then closes, because the rest never comes.</summary>
    public static async Task SendBeginningAsync(HttpContext http, byte[] body, int length)
    {
        await http.Response.Body.WriteAsync(body.AsMemory(0, Math.Min(length, Math.Max(0, body.Length - 1))), http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }

    public static async Task SendAsync(HttpContext http, byte[] body)
    {
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    /// <summary>Changes a JSON answer as the faults say; what is no such answer passes unchanged.</summary>
    public static byte[] Change(byte[] body, bool repeats, bool reorders, bool strangers)
    {
        try
        {
            if (JsonNode.Parse(body) is not JsonObject { } answer) return body;
            if (answer["result"] is JsonObject batch && batch["events"] is JsonArray events)
            {
                if (strangers) AddStrangers(events, batch);
                IEnumerable<JsonNode?> changed = [.. events.Select(item => item?.DeepClone())];
                if (repeats) changed = changed.SelectMany(item => new[] { item, item?.DeepClone() });
                if (reorders) changed = changed.Reverse();
                batch["events"] = new JsonArray([.. changed]);
            }
            else if (strangers && answer["result"] is JsonObject records)
            {
                foreach (var record in records.Select(pair => pair.Value).OfType<JsonObject>())
                    AddStrangers(record);
            }

            return Encoding.UTF8.GetBytes(answer.ToJsonString());
        }
        catch (JsonException)
        {
            return body;
        }
    }

    private static void AddStrangers(JsonArray events, JsonObject batch)
    {
        foreach (var record in events.Select(item => item?["snapshot"]).OfType<JsonObject>())
            AddStrangers(record);
        if (events.Count == 0) return;
        events.Insert(0, new JsonObject
        {
            ["id"] = "0",
            ["timestamp"] = "0.0",
            ["class"] = Unknown,
            ["operation"] = "add",
            ["ref"] = "OpaqueRef:00000000-0000-4000-8000-000000000001",
            ["snapshot"] = new JsonObject { ["uuid"] = "00000000-0000-4000-8000-000000000002", ["name_label"] = "of a class that nobody knows", [Unknown] = Nested() },
        });
        events.Add(new JsonObject
        {
            ["id"] = "0",
            ["timestamp"] = "0.0",
            ["class"] = "vm",
            ["operation"] = Unknown,
            ["ref"] = "OpaqueRef:00000000-0000-4000-8000-000000000003",
        });
        if (batch["valid_ref_counts"] is JsonObject counts) counts[Unknown] = 1;
    }

    private static void AddStrangers(JsonObject record)
    {
        record[Unknown] = Nested();
        if (record["allowed_operations"] is JsonArray operations) operations.Add(Unknown);
        foreach (var field in new[] { "actions_after_crash", "on_boot", "display", "default_locking_mode", "igmp_snooping_status" })
        {
            if (record.ContainsKey(field)) record[field] = Unknown;
        }
    }

    private static JsonObject Nested() => new() { ["list"] = new JsonArray(1, 2.5, "three", null, new JsonObject { ["deep"] = true }) };
}
