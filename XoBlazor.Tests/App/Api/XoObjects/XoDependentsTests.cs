using System.Text.Json;
using XoBlazor.App.Api.XoObjects;
using XoBlazor.Core.Model;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api.XoObjects;

/// <summary>Nothing an object was made from may change without the object being made anew.</summary>
public sealed class XoDependentsTests
{
    public static TheoryData<string> Databases => XoPools.Databases;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task AddOfFields_WhateverAShapeRead_LeadsBackToIt(string database)
    {
        using var patience = Patience.Source();
        var pool = (await XoPools.LoadAsync(database, patience.Token)).Current.Pools[0];
        var reads = new List<(XapiObject Reader, XapiObject Read, FieldSet Fields)>();
        foreach (var value in XoTypes.Classes.SelectMany(c => pool.All(c)))
        {
            using var json = new Utf8JsonWriter(Stream.Null);
            new XoShape(json) { Noted = (read, fields) => reads.Add((value, read, fields)) }.Write(pool, value);
        }

        var forgotten = new List<string>();
        foreach (var (reader, read, fields) in reads)
            foreach (var field in fields)
            {
                if (fields == FieldSet.All && field > 0)
                    break;
                var affected = new HashSet<string>(StringComparer.Ordinal);
                new XoDependents(pool).AddOfFields(read, fields == FieldSet.All ? fields : FieldSet.Of(field), affected);
                if (!affected.Contains(reader.Ref))
                    forgotten.Add($"{reader.Class} reads field {field} of {read.Class}");
            }

        Assert.Empty(forgotten.Distinct());
        Assert.True(reads.Exists(r => r is { Reader: Host, Read: HostMetrics }) && reads.Exists(r => r is { Reader: Vm, Read: VmMetrics }));
    }
}
