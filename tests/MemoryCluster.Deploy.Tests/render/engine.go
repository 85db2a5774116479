package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
	"sigs.k8s.io/yaml"
)

var separator = regexp.MustCompile(`(?m)^---\s*$`)

// Rendered files in the order of their names, each object under the comment that names its source.
func renderChart(folder string, root map[string]interface{}) (string, error) {
	templates := template.New("chart").Option("missingkey=zero")
	templates.Funcs(functions(templates))
	names, err := parseAll(folder, templates)
	if err != nil {
		return "", err
	}

	name := root["Chart"].(map[string]interface{})["Name"].(string)
	var rendered strings.Builder
	for _, file := range names {
		root["Template"] = map[string]interface{}{"Name": name + "/" + file, "BasePath": name + "/templates"}
		var text strings.Builder
		if err := templates.ExecuteTemplate(&text, file, root); err != nil {
			return "", err
		}
		if path.Base(file) == "NOTES.txt" {
			continue
		}
		// A known gap of text/template that helm closes in the same way.
		for _, object := range separator.Split(strings.ReplaceAll(text.String(), "<no value>", ""), -1) {
			if !isEmpty(object) {
				fmt.Fprintf(&rendered, "---\n# Source: %s/%s\n%s\n", name, file, strings.TrimSpace(object))
			}
		}
	}
	return rendered.String(), nil
}

func isEmpty(object string) bool {
	var read interface{}
	return yaml.Unmarshal([]byte(object), &read) == nil && read == nil
}

func parseAll(folder string, templates *template.Template) ([]string, error) {
	var names []string
	err := filepath.WalkDir(filepath.Join(folder, "templates"), func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(folder, file)
		if err != nil {
			return err
		}
		if _, err := templates.New(name).Parse(string(text)); err != nil {
			return err
		}
		if !strings.HasPrefix(path.Base(name), "_") {
			names = append(names, name)
		}
		return nil
	})
	sort.Strings(names)
	return names, err
}

// Sprig without what would ask this machine, and helm's own.
func functions(templates *template.Template) template.FuncMap {
	all := sprig.TxtFuncMap()
	delete(all, "env")
	delete(all, "expandenv")
	all["toYaml"] = toYaml
	all["fromYaml"] = func(text string) map[string]interface{} {
		read := map[string]interface{}{}
		if err := yaml.Unmarshal([]byte(text), &read); err != nil {
			read["Error"] = err.Error()
		}
		return read
	}
	all["required"] = func(message string, value interface{}) (interface{}, error) {
		if text, isText := value.(string); value == nil || isText && text == "" {
			return value, errors.New(message)
		}
		return value, nil
	}
	all["fail"] = func(message string) (string, error) { return "", errors.New(message) }
	all["lookup"] = func(version, kind, namespace, name string) map[string]interface{} { return map[string]interface{}{} }
	all["include"] = func(name string, data interface{}) (string, error) {
		var text strings.Builder
		err := templates.ExecuteTemplate(&text, name, data)
		return text.String(), err
	}
	all["tpl"] = func(text string, data interface{}) (string, error) {
		copied, err := templates.Clone()
		if err != nil {
			return "", err
		}
		parsed, err := copied.New("tpl").Parse(text)
		if err != nil {
			return "", err
		}
		var result strings.Builder
		err = parsed.Execute(&result, data)
		return result.String(), err
	}
	return all
}

func toYaml(value interface{}) string {
	text, err := yaml.Marshal(value)
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(string(text), "\n")
}

// Which APIs the cluster has, beside those that every one has.
type versions map[string]bool

func versionSet(names []string) versions {
	set := versions{"v1": true, "apps/v1": true, "policy/v1": true, "autoscaling/v2": true, "networking.k8s.io/v1": true}
	for _, name := range names {
		set[name] = true
	}
	return set
}

func (v versions) Has(name string) bool { return v[name] }

// The chart's other files, as .Files shows them.
type files map[string]string

func readFiles(folder string) (files, error) {
	read := files{}
	matches, err := filepath.Glob(filepath.Join(folder, "files", "*"))
	if err != nil {
		return nil, err
	}
	for _, match := range matches {
		text, err := os.ReadFile(match)
		if err != nil {
			return nil, err
		}
		read["files/"+filepath.Base(match)] = string(text)
	}
	return read, nil
}

func (f files) Get(name string) string { return f[name] }

func (f files) Glob(pattern string) files {
	found := files{}
	for name, text := range f {
		if matches, _ := path.Match(pattern, name); matches {
			found[name] = text
		}
	}
	return found
}

func (f files) AsConfig() string {
	named := map[string]string{}
	for name, text := range f {
		named[path.Base(name)] = text
	}
	return toYaml(named)
}
