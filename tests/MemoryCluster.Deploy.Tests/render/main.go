// Renders a chart as `helm template` does, where no helm is: the engine that helm has (text/template, sprig) under helm's own
// functions, the values merged and held against values.schema.json by the library that helm has for it, hooks included, NOTES.txt
// rendered and left out. No subcharts, no cluster to look things up in.
//
// Needs golang-go and, of Debian, golang-github-masterminds-sprig-dev, golang-k8s-sigs-yaml-dev, golang-github-xeipuuv-gojsonschema-dev:
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go build -o render .
//	render -release NAME -namespace NAMESPACE [-values FILE]… [-api-versions GROUP/VERSION]… CHART
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/Masterminds/semver"
	"github.com/xeipuuv/gojsonschema"
	"sigs.k8s.io/yaml"
)

// What helm says of the cluster when it is not asked.
const kubeVersion = "v1.34.0"

type list []string

func (l *list) String() string { return strings.Join(*l, ",") }

func (l *list) Set(value string) error {
	*l = append(*l, value)
	return nil
}

func main() {
	var valueFiles, apiVersions list
	release := flag.String("release", "release", "")
	namespace := flag.String("namespace", "default", "")
	flag.Var(&valueFiles, "values", "")
	flag.Var(&apiVersions, "api-versions", "")
	flag.Parse()
	if err := run(flag.Arg(0), *release, *namespace, valueFiles, apiVersions); err != nil {
		fmt.Fprintln(os.Stderr, "Error:", err)
		os.Exit(1)
	}
}

func run(folder, release, namespace string, valueFiles, apiVersions []string) error {
	chart, err := readMap(filepath.Join(folder, "Chart.yaml"))
	if err != nil {
		return err
	}
	if err := checkKubeVersion(chart); err != nil {
		return err
	}
	values, err := readValues(folder, valueFiles)
	if err != nil {
		return err
	}
	if err := checkSchema(folder, values); err != nil {
		return err
	}

	files, err := readFiles(folder)
	if err != nil {
		return err
	}
	objects, err := renderChart(folder, map[string]interface{}{
		"Chart":  titled(chart),
		"Values": values,
		"Files":  files,
		"Release": map[string]interface{}{
			"Name": release, "Namespace": namespace, "Service": "Helm", "IsInstall": true, "IsUpgrade": false, "Revision": 1,
		},
		"Capabilities": map[string]interface{}{
			"APIVersions": versionSet(apiVersions),
			"KubeVersion": map[string]interface{}{"Version": kubeVersion, "Major": "1", "Minor": "34", "GitVersion": kubeVersion},
			"HelmVersion": map[string]interface{}{"Version": "v3.18.0"},
		},
	})
	if err != nil {
		return err
	}
	fmt.Print(objects)
	return nil
}

// The chart's fields are upper-case in templates.
func titled(chart map[string]interface{}) map[string]interface{} {
	named := map[string]interface{}{}
	for name, value := range chart {
		named[strings.ToUpper(name[:1])+name[1:]] = value
	}
	return named
}

func checkKubeVersion(chart map[string]interface{}) error {
	wanted, ok := chart["kubeVersion"].(string)
	if !ok {
		return nil
	}
	constraint, err := semver.NewConstraint(wanted)
	if err != nil {
		return fmt.Errorf("kubeVersion of Chart.yaml: %w", err)
	}
	if version := semver.MustParse(kubeVersion); !constraint.Check(version) {
		return fmt.Errorf("chart requires kubeVersion: %s which is incompatible with Kubernetes %s", wanted, kubeVersion)
	}
	return nil
}

func readMap(path string) (map[string]interface{}, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	read := map[string]interface{}{}
	if err := yaml.UnmarshalStrict(text, &read); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return read, nil
}

func readValues(folder string, files []string) (map[string]interface{}, error) {
	values, err := readMap(filepath.Join(folder, "values.yaml"))
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		given, err := readMap(file)
		if err != nil {
			return nil, err
		}
		overlay(values, given)
	}
	return values, nil
}

// Maps merge, everything else replaces; null takes a default away.
func overlay(values, given map[string]interface{}) {
	for name, value := range given {
		inner, isMap := value.(map[string]interface{})
		below, wasMap := values[name].(map[string]interface{})
		switch {
		case value == nil:
			delete(values, name)
		case isMap && wasMap:
			overlay(below, inner)
		default:
			values[name] = value
		}
	}
}

func checkSchema(folder string, values map[string]interface{}) error {
	schema, err := os.ReadFile(filepath.Join(folder, "values.schema.json"))
	if err != nil {
		return err
	}
	result, err := gojsonschema.Validate(gojsonschema.NewBytesLoader(schema), gojsonschema.NewGoLoader(values))
	if err != nil {
		return fmt.Errorf("values.schema.json: %w", err)
	}
	if result.Valid() {
		return nil
	}
	var lines []string
	for _, problem := range result.Errors() {
		lines = append(lines, "- "+problem.String())
	}
	sort.Strings(lines)
	return fmt.Errorf("values don't meet the specifications of the schema(s):\n%s", strings.Join(lines, "\n"))
}
