using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XoBlazor.App.Data.Migrations
{
    /// <summary>Plugins, their packages, and what they keep themselves.</summary>
    [DbContext(typeof(AppDatabase))]
    [Migration("20261123130000_Plugins")]
    public partial class Plugins : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Plugins",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    Manifest = table.Column<string>(type: "TEXT", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", nullable: false),
                    Accepted = table.Column<string>(type: "TEXT", nullable: true),
                    Pools = table.Column<string>(type: "TEXT", nullable: false),
                    IsAutoloaded = table.Column<bool>(type: "INTEGER", nullable: false),
                    SealedConfiguration = table.Column<string>(type: "TEXT", nullable: true),
                    Installed = table.Column<long>(type: "INTEGER", nullable: false),
                    InstalledBy = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table => table.PrimaryKey("PK_Plugins", x => x.Id));
            migrationBuilder.CreateTable(
                name: "PluginPackages",
                columns: table => new
                {
                    PluginId = table.Column<string>(type: "TEXT", nullable: false),
                    Zip = table.Column<byte[]>(type: "BLOB", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PluginPackages", x => x.PluginId);
                    table.ForeignKey("FK_PluginPackages_Plugins_PluginId", x => x.PluginId, principalTable: "Plugins", principalColumn: "Id", onDelete: ReferentialAction.Cascade);
                });
            migrationBuilder.CreateTable(
                name: "PluginValues",
                columns: table => new
                {
                    PluginId = table.Column<string>(type: "TEXT", nullable: false),
                    Key = table.Column<string>(type: "TEXT", nullable: false),
                    Value = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PluginValues", x => new { x.PluginId, x.Key });
                    table.ForeignKey("FK_PluginValues_Plugins_PluginId", x => x.PluginId, principalTable: "Plugins", principalColumn: "Id", onDelete: ReferentialAction.Cascade);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "PluginValues");
            migrationBuilder.DropTable(name: "PluginPackages");
            migrationBuilder.DropTable(name: "Plugins");
        }
    }
}
