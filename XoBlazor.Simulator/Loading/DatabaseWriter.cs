using System.Globalization;
using System.Text;
using System.Xml;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Datamodel;

namespace XoBlazor.Simulator.Loading;

/// <summary>
/// Writes a database in xapi's own form, so that a simulated pool can be saved and loaded again. Values are encoded as current hosts do:
/// every blank protected, sets and maps as S-expressions, what is not persistent with its default.
/// </summary>
internal static class DatabaseWriter
{
    public static byte[] Write(Database db) => db.Update(() =>
    {
        using var output = new MemoryStream();
        using (var xml = XmlWriter.Create(output, new() { Encoding = new UTF8Encoding(false), CheckCharacters = false }))
        {
            xml.WriteStartElement("database");
            xml.WriteStartElement("manifest");
            WritePair(xml, "schema_major_vsn", "5");
            WritePair(xml, "schema_minor_vsn", "0");
            WritePair(xml, "generation_count", db.Generation.ToString(CultureInfo.InvariantCulture));
            xml.WriteEndElement();
            foreach (var table in db.Tables.OrderBy(t => t.Schema.Name, StringComparer.Ordinal))
            {
                xml.WriteStartElement("table");
                xml.WriteAttributeString("name", table.Schema.Name);
                if (table.Schema.Fact.IsPersistent)
                    foreach (var row in table.Sorted)
                        WriteRow(xml, row);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        return output.ToArray();
    });

    private static void WritePair(XmlWriter xml, string key, string value)
    {
        xml.WriteStartElement("pair");
        xml.WriteAttributeString("key", key);
        xml.WriteAttributeString("value", value);
        xml.WriteEndElement();
    }

    private static void WriteRow(XmlWriter xml, Row row)
    {
        xml.WriteStartElement("row");
        xml.WriteAttributeString("ref", row.Ref);
        xml.WriteAttributeString("__ctime", row.Created.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("__mtime", row.Modified.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("_ref", row.Ref);
        foreach (var field in row.Table.Schema.Fields.OrderBy(f => f.Fact.DbName, StringComparer.Ordinal))
            xml.WriteAttributeString(field.Fact.DbName, Protect(ValueText.Format(Kept(row, field))));
        xml.WriteEndElement();
    }

    private static XapiValue Kept(Row row, FieldSchema field) =>
        field.Fact.IsPersistent || field.IsMaintained ? row.Values[field.Index] : field.Default;

    private static string Protect(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var c in text)
            safe.Append(c switch { ' ' => "%.", '\t' => "%t", '\n' => "%n", '\r' => "%r", '%' => "%%", _ => c.ToString() });
        return safe.ToString();
    }
}
